//! How much of a report was read: its numerals counted by form and by status.

use super::{Figure, FigureStatus, Form};

/// Every status, what was not understood first.
pub const STATUSES: [FigureStatus; 4] =
    [FigureStatus::Unknown, FigureStatus::NotAQuantity, FigureStatus::Date, FigureStatus::Fact];

/// The numerals of a report by form and by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    digits: [usize; STATUSES.len()],
    words: [usize; STATUSES.len()],
}

impl Coverage {
    /// Counts figures.
    pub fn of(figures: &[Figure]) -> Self {
        figures.iter().map(|figure| (figure.form, figure.status)).collect()
    }

    /// How many have a status, in either form.
    pub fn with(&self, status: FigureStatus) -> usize {
        self.digits[index(status)] + self.words[index(status)]
    }

    /// How many of a form there are, and how many of them were read: any status but `unknown`.
    pub fn read(&self, form: Form) -> (usize, usize) {
        let counts = match form {
            Form::Digits => &self.digits,
            Form::Words => &self.words,
        };
        let all: usize = counts.iter().sum();
        (all - counts[index(FigureStatus::Unknown)], all)
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.digits.iter().chain(&self.words).sum()
    }
}

impl FromIterator<(Form, FigureStatus)> for Coverage {
    fn from_iter<T: IntoIterator<Item = (Form, FigureStatus)>>(figures: T) -> Self {
        let mut counts = Self::default();
        for (form, status) in figures {
            match form {
                Form::Digits => counts.digits[index(status)] += 1,
                Form::Words => counts.words[index(status)] += 1,
            }
        }
        counts
    }
}

fn index(status: FigureStatus) -> usize {
    STATUSES.iter().position(|known| *known == status).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Coverage, STATUSES};
    use crate::reading::{FigureStatus, Form};

    #[test]
    fn digits_and_words_are_counted_apart_and_read_is_any_status_but_unknown() {
        let digits = STATUSES.map(|status| (Form::Digits, status));
        let words = [(Form::Words, FigureStatus::Unknown), (Form::Words, FigureStatus::Fact)];
        let coverage: Coverage = digits.into_iter().chain(words).collect();
        assert_eq!(coverage.read(Form::Digits), (3, 4));
        assert_eq!(coverage.read(Form::Words), (1, 2));
        assert_eq!(STATUSES.map(|status| coverage.with(status)), [2, 1, 1, 2]);
        assert_eq!(coverage.all(), 6);
    }
}
