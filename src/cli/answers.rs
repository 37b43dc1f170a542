//! What the window asks and the command line is told: how scores that are not of one kind are put side by side, and which
//! statement is drawn where several disagree.

use clap::{Args, ValueEnum};

use super::say;
use crate::{
    chart::{self, ChartSpec, disputed, question},
    error::Error,
    facts::Dataset,
};

/// No more charts than this are named that ask first.
const NAMED: usize = 4;

#[derive(Args)]
pub(super) struct Answers {
    /// How scores on different scales, or of different categories, are put side by side; without it they are not.
    #[arg(long, value_enum, value_name = "HOW")]
    join_scales: Option<JoinScales>,
    /// Draw another statement than charts take; `nisba check` lists the keys under `use`. May be given several times.
    #[arg(long = "use", value_name = "KEY")]
    uses: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum JoinScales {
    /// Only what is on one scale and, where categories differ, rated in every year.
    SameOnly,
    /// Every score as it is printed; no line leads from one scale to another.
    AsPrinted,
    /// Scores of the other direction turned round and marked as computed.
    OneDirection,
}

impl JoinScales {
    fn id(self) -> &'static str {
        match self {
            Self::SameOnly => "same-only",
            Self::AsPrinted => "as-printed",
            Self::OneDirection => "one-direction",
        }
    }
}

impl Answers {
    /// The chart that was asked for, with the answer that was passed.
    ///
    /// # Errors
    /// Where it asks first and no answer was passed, or one that cannot be drawn.
    pub fn apply(&self, dataset: &Dataset, spec: ChartSpec) -> Result<ChartSpec, Error> {
        let spec = self.using(dataset, spec)?;
        if let Some(key) = self.uses.iter().find(|key| !spec.uses.contains(*key)) {
            let id = chart::id_of(&spec, dataset).unwrap_or_default();
            let hint = "`nisba charts FILE… --use KEY -d DIR` draws it in those that can";
            return Err(Error::usage(format!("`{id}` cannot be drawn of the statement `{key}`"), hint));
        }
        let Some(asked) = question::question(dataset, &spec) else { return Ok(spec) };
        let id = chart::id_of(&spec, dataset).unwrap_or_default();
        match self.join_scales {
            Some(how) if asked.answers.iter().any(|(choice, _)| choice.id == how.id()) => {
                Ok(question::answered(&spec, how.id()))
            }
            Some(how) => {
                let what = format!("`{id}` cannot be drawn with `--join-scales {}` ({})", how.id(), asked.words());
                Err(Error::usage(what, hint(&asked)))
            }
            None => Err(refusal(&id, &asked)),
        }
    }

    /// The chart with those of the chosen statements that it draws.
    ///
    /// # Errors
    /// Where a key names no statement.
    pub fn using(&self, dataset: &Dataset, spec: ChartSpec) -> Result<ChartSpec, Error> {
        let known: Vec<&str> = dataset.alternatives.iter().map(|one| one.key.as_str()).collect();
        if let Some(unknown) = self.uses.iter().find(|key| !known.contains(&key.as_str())) {
            let hint = match known.as_slice() {
                [] => "in these files no statement says anything else than what charts take".to_owned(),
                known => format!("use {}", known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
            };
            return Err(Error::usage(format!("there is no other statement `{unknown}`"), hint));
        }
        let uses = disputed::that_matter(dataset, &spec, &self.uses.iter().cloned().collect());
        Ok(ChartSpec { uses, ..spec })
    }

    /// Of the charts that are allowed, those that need no answer or have the one that was passed.
    pub fn chosen(&self, specs: Vec<ChartSpec>) -> Vec<ChartSpec> {
        let passed = self.join_scales.map(JoinScales::id);
        specs.into_iter().filter(|spec| question::answer(spec).is_none_or(|answer| Some(answer) == passed)).collect()
    }

    /// Says which charts ask first and have not been answered; how many there are.
    pub fn say_what_is_asked(&self, dataset: &Dataset) -> usize {
        if self.join_scales.is_some() {
            return 0;
        }
        let asked = question::asked(dataset);
        for spec in asked.iter().take(NAMED) {
            let id = chart::id_of(spec, dataset).unwrap_or_default();
            if let Some(question) = question::question(dataset, spec) {
                say(&refusal(&id, &question).to_string());
            }
        }
        if asked.len() > NAMED {
            say(&format!("{} more charts ask the same", asked.len() - NAMED));
        }
        asked.len()
    }
}

fn refusal(id: &str, asked: &question::Question) -> Error {
    Error::usage(format!("`{id}` would put side by side what is not of one kind: {}", asked.words()), hint(asked))
}

/// What to pass.
fn hint(asked: &question::Question) -> String {
    let ways: Vec<String> =
        asked.answers.iter().map(|(choice, does)| format!("`--join-scales {}` ({does})", choice.id)).collect();
    if ways.is_empty() { "nothing of it can be drawn alone".to_owned() } else { format!("pass {}", ways.join(", or ")) }
}
