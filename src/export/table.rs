//! Exactly the values shown, as a table in CSV.

use crate::{chart::Table, source::Decimal};

/// The table as CSV: a cell that is a number on screen is a plain number here, its unit in the head of its column.
pub fn table_csv(table: &Table) -> String {
    let plain: Vec<Vec<(String, Option<&str>)>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| plain_number(&cell.text)).collect()).collect();
    let head = table.columns.iter().enumerate().map(|(n, column)| {
        let units: std::collections::BTreeSet<&str> =
            plain.iter().filter_map(|row| row.get(n)).filter_map(|(_, unit)| *unit).collect();
        match units.into_iter().collect::<Vec<_>>()[..] {
            [unit] if !unit.is_empty() => field(&format!("{} ({unit})", column.title)),
            _ => field(&column.title),
        }
    });
    let mut text = head.collect::<Vec<_>>().join(",") + "\n";
    for row in &plain {
        text += &row.iter().map(|(cell, _)| field(cell)).collect::<Vec<_>>().join(",");
        text.push('\n');
    }
    text
}

/// `−6.1 pp` → `-6.1` and `pp`; what is no number stays as it is, without a unit.
fn plain_number(shown: &str) -> (String, Option<&str>) {
    let (digits, unit) = match shown.rsplit_once([' ', '\u{202f}', '\u{a0}']) {
        Some((digits, unit @ ("%" | "pp"))) => (digits, unit),
        _ => (shown, ""),
    };
    let ascii: String = digits.trim().replace('−', "-").chars().filter(|c| !c.is_whitespace()).collect();
    match ascii.trim_start_matches('+').parse::<Decimal>() {
        Ok(number) => (number.to_string(), Some(unit)),
        Err(_) => (shown.to_owned(), None),
    }
}

/// A field, quoted where CSV needs it; text that a spreadsheet would take for a formula is made plain text.
fn field(text: &str) -> String {
    let number = text.parse::<Decimal>().is_ok();
    let guarded =
        if !number && text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::table_csv;
    use crate::chart::{Cell, Column, Table, TableRow};

    #[test]
    fn a_copied_table_holds_plain_numbers_and_its_units_in_the_head() {
        let cell = |text: &str| Cell { text: text.to_owned(), ..Cell::default() };
        let table = Table {
            columns: vec![
                Column { title: "List".into(), numeric: false },
                Column { title: "Seats − votes".into(), numeric: true },
            ],
            rows: vec![
                TableRow { cells: vec![cell("=Reds, \"A\""), cell("−6.1 pp")] },
                TableRow { cells: vec![cell("Blues"), cell("not stated")] },
            ],
        };
        assert_eq!(table_csv(&table), "List,Seats − votes (pp)\n\"'=Reds, \"\"A\"\"\",-6.1\nBlues,not stated\n");
    }
}
