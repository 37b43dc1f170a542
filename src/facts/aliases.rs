//! Keys of names: what makes two spellings one in a stable id.

/// Lower-case letters and digits, parted by single hyphens: `Grey Hand` → `grey-hand`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The key of a group of people: singular and plural are one (`Orrin`, `Orrins`).
pub fn group_key(name: &str) -> String {
    let slug = slug(name);
    match slug.strip_suffix('s') {
        Some(singular) if singular.len() > 2 && !singular.ends_with('s') => singular.to_owned(),
        _ => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_plain_and_stable() {
        assert_eq!(slug("Grey Hand (North)"), "grey-hand-north");
        assert_eq!(group_key("Orrins"), group_key("Orrin"));
    }
}
