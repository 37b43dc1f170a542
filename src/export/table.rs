//! Exactly the values shown, as a table in CSV.

use crate::{chart::Chart, error::Error};

/// The chart's table as CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers
/// are left alone.
///
/// # Errors
/// None in practice: the writer writes to memory.
pub fn chart_table_csv(chart: &Chart) -> Result<Vec<u8>, Error> {
    let fault =
        |error: csv::Error| Error::usage(format!("the table cannot be written: {error}"), "report this as a fault");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(chart.table.columns.iter().map(|column| safe(&column.title))).map_err(fault)?;
    for row in &chart.table.rows {
        writer.write_record(row.cells.iter().map(|cell| safe(&cell.text))).map_err(fault)?;
    }
    writer.into_inner().map_err(|error| Error::usage(error.to_string(), "report this as a fault"))
}

fn safe(text: &str) -> String {
    let number = |text: &str| text.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit());
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number(text);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        assert_eq!(
            ["=1+1", "+7.2 pp", "−6.1 pp", "-cmd", "@x"].map(safe),
            ["'=1+1", "+7.2 pp", "−6.1 pp", "'-cmd", "'@x"]
        );
    }
}
