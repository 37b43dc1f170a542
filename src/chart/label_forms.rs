//! The shorter forms that a label may be told in, and its face.

use super::{
    Label,
    axes::label_width,
    text::{self, Face},
};

pub(super) fn face(label: &Label) -> Face {
    match (label.bold, label.italic) {
        (true, _) => Face::Bold,
        (_, true) => Face::Italic,
        _ => Face::Regular,
    }
}

pub(super) fn without_aside(label: &Label) -> Option<Label> {
    (!label.aside.is_empty()).then(|| Label { aside: String::new(), ..label.clone() })
}

pub(super) fn short_form(label: &Label) -> Option<Label> {
    (!label.short.is_empty()).then(|| Label {
        text: label.short.clone(),
        aside: String::new(),
        short: String::new(),
        ..label.clone()
    })
}

/// The longest form of a label that fits: whole, without its aside, its name cut by less than half. Where a label has a
/// short form, its name is not cut but listed.
pub(super) fn fitted(label: &Label, size: f64, room: f64) -> Option<Label> {
    let whole = [Some(label.clone()), without_aside(label)];
    if let Some(fits) = whole.into_iter().flatten().find(|form| label_width(form, size) <= room) {
        return Some(fits);
    }
    let bare = Label { aside: String::new(), ..label.clone() };
    if !label.short.is_empty() || room < size * 4.0 || room < label_width(&bare, size) * 0.6 {
        return None;
    }
    // The number behind a name is never cut.
    let number = label.text.rsplit_once(' ').filter(|(_, last)| last.starts_with(|c: char| c.is_ascii_digit()));
    let (name, number) = number.map_or((label.text.as_str(), String::new()), |(name, n)| (name, format!(" {n}")));
    let left = room - text::width(&number, size, face(label));
    Some(Label { text: text::shorten(name, size, face(label), left) + &number, ..bare })
}
