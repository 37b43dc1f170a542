//! Bytes to text: byte order marks, UTF-8, and the two code pages that old reports come in.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1252};

use crate::error::Diagnostic;

/// What binary bytes are, in a reader's words; `None` for text.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(what);
    }
    if Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(64 << 10)];
    let controls = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    (head.contains(&0) || controls * 50 > head.len()).then_some("a binary file")
}

/// The text, its encoding, whether byte offsets in it are those of the file, and what to say about it.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static str, bool, Vec<Diagnostic>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), UTF_8.name(), true, Vec::new());
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => code_page(bytes),
    };
    let (text, _, lossy) = encoding.decode(bytes);
    let mut diagnostics = vec![Diagnostic::note(
        None,
        format!("the file is not UTF-8; it was read as {}", encoding.name()),
        "places are counted in the decoded text that the panel shows",
    )];
    if lossy {
        diagnostics.push(Diagnostic::warning(
            None,
            format!("some bytes are not valid {} and are shown as �", encoding.name()),
            "save the file as UTF-8 for a sure reading",
        ));
    }
    (text.into_owned(), encoding.name(), false, diagnostics)
}

/// Cyrillic words are runs of high letters; in Western text a high letter stands among plain ones.
fn code_page(bytes: &[u8]) -> &'static Encoding {
    let letter = |b: u8| b >= 0xc0;
    let (mut runs, mut lone) = (0usize, 0usize);
    for (i, &b) in bytes.iter().enumerate() {
        if letter(b) {
            let beside = i.checked_sub(1).and_then(|j| bytes.get(j)).is_some_and(|&b| letter(b))
                || bytes.get(i + 1).is_some_and(|&b| letter(b));
            if beside { runs += 1 } else { lone += 1 }
        }
    }
    if runs > lone { WINDOWS_1251 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cyrillic_and_a_western_code_page_are_told_apart() {
        let (cyrillic, _, _) = WINDOWS_1251.encode("Казахстан, выборы в мажилис");
        assert_eq!(decode(&cyrillic).1, "windows-1251");
        let (western, _, _) = WINDOWS_1252.encode("Résumé of the élection in Besançon");
        let (text, encoding, on_disk, notes) = decode(&western);
        assert_eq!((text.as_str(), encoding, on_disk), ("Résumé of the élection in Besançon", "windows-1252", false));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn utf8_keeps_its_byte_order_mark_and_line_ends_so_that_offsets_hold() {
        let bytes = "\u{feff}Title\r\n\r\nText".as_bytes();
        let (text, _, on_disk, _) = decode(bytes);
        assert!(on_disk);
        assert_eq!(text.as_bytes(), bytes);
    }

    #[test]
    fn binary_bytes_are_named() {
        assert_eq!(binary(b"%PDF-1.4 ..."), Some("a PDF document"));
        assert_eq!(binary(b"a\0b"), Some("a binary file"));
        assert_eq!(binary("plain, наш".as_bytes()), None);
    }
}
