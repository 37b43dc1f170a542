//! Every action a reader has, one row each: menus, shortcuts and tests walk this list.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::session::{Command, Panel, Session, ThemeChoice};

/// The menu an action stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// File.
    File,
    /// Edit.
    Edit,
    /// View.
    View,
    /// Chart.
    Chart,
    /// Help.
    Help,
}

/// One action.
pub struct Action {
    /// Its menu.
    pub menu: Menu,
    /// Its words; `…` when a dialog follows.
    pub label: &'static str,
    /// Its keys, the first is shown.
    pub keys: &'static [KeyboardShortcut],
    /// What it does.
    pub command: Command,
    /// Whether it can be done now.
    pub enabled: fn(&Session) -> bool,
    /// Whether it stands ticked; `None` for what is no switch.
    pub ticked: Option<fn(&Session) -> bool>,
    /// Whether a line stands above it.
    pub line_above: bool,
}

/// The menus in the order of the bar.
pub const MENUS: &[(Menu, &str)] =
    &[(Menu::File, "File"), (Menu::Edit, "Edit"), (Menu::View, "View"), (Menu::Chart, "Chart"), (Menu::Help, "Help")];

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn bare(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn row(menu: Menu, label: &'static str, keys: &'static [KeyboardShortcut], command: Command) -> Action {
    Action { menu, label, keys, command, enabled: always, ticked: None, line_above: false }
}

impl Action {
    const fn when(mut self, enabled: fn(&Session) -> bool) -> Self {
        self.enabled = enabled;
        self
    }

    const fn switch(mut self, ticked: fn(&Session) -> bool) -> Self {
        self.ticked = Some(ticked);
        self
    }

    const fn below_line(mut self) -> Self {
        self.line_above = true;
        self
    }
}

fn always(_: &Session) -> bool {
    true
}

fn has_source(session: &Session) -> bool {
    session.shown().is_some()
}

fn has_chart(session: &Session) -> bool {
    session.view().is_some()
}

fn has_selection(session: &Session) -> bool {
    !session.workspace().selection.is_nothing()
}

fn has_hits(session: &Session) -> bool {
    !session.find().hits.is_empty()
}

fn has_charts(session: &Session) -> bool {
    session.charts().len() > 1
}

/// Reads the file of the source that is shown again; its own row, for its command names the source.
pub const RELOAD: &str = "Read file again";
/// The keys of `RELOAD`.
pub const RELOAD_KEYS: KeyboardShortcut = ctrl(Key::R);

/// Every action.
pub static ACTIONS: &[Action] = &[
    row(Menu::File, "Open…", &[ctrl(Key::O)], Command::AskOpen),
    row(Menu::File, "Open by path…", &[ctrl_shift(Key::O)], Command::AskOpenPath),
    row(Menu::File, "Export chart…", &[ctrl(Key::E)], Command::AskExport).when(has_chart).below_line(),
    row(Menu::File, "Export chart to path…", &[ctrl_shift(Key::E)], Command::AskExportPath).when(has_chart),
    row(Menu::File, "Export links…", &[], Command::AskExportLinks).when(Session::has_links).below_line(),
    row(Menu::File, "Import links…", &[], Command::AskImportLinks).when(has_source),
    row(Menu::File, "Close source", &[ctrl(Key::W)], Command::CloseShown).when(has_source).below_line(),
    row(Menu::File, "Quit", &[ctrl(Key::Q)], Command::Quit).below_line(),
    row(Menu::Edit, "Undo", &[ctrl(Key::Z)], Command::Undo).when(|session| session.can_undo_redo().0),
    row(Menu::Edit, "Redo", &[ctrl_shift(Key::Z), ctrl(Key::Y)], Command::Redo)
        .when(|session| session.can_undo_redo().1),
    row(Menu::Edit, "Copy figure with citation", &[ctrl_shift(Key::C)], Command::CopyCitation)
        .when(has_selection)
        .below_line(),
    row(Menu::Edit, "Copy table as CSV", &[ctrl_shift(Key::T)], Command::CopyTable).when(has_chart),
    row(Menu::Edit, "Find words…", &[ctrl(Key::F)], Command::AskFind).when(has_source).below_line(),
    row(Menu::Edit, "Find next", &[bare(Key::F3), ctrl(Key::G)], Command::FindStep(1)).when(has_hits),
    row(Menu::Edit, "Find previous", &[shift(Key::F3), ctrl_shift(Key::G)], Command::FindStep(-1)).when(has_hits),
    row(Menu::View, "Sources and charts", &[bare(Key::F7)], Command::TogglePanel(Panel::Navigator))
        .switch(|session| session.workspace().shows(Panel::Navigator)),
    row(Menu::View, "Table of values", &[bare(Key::F8)], Command::TogglePanel(Panel::Table))
        .switch(|session| session.workspace().shows(Panel::Table)),
    row(Menu::View, "Report", &[bare(Key::F9)], Command::TogglePanel(Panel::Document))
        .switch(|session| session.workspace().shows(Panel::Document)),
    row(Menu::View, "List of figures", &[bare(Key::F6)], Command::ToggleFigures)
        .when(Session::has_figures)
        .switch(Session::lists_figures),
    row(Menu::View, "List of findings", &[shift(Key::F6)], Command::ToggleFindings)
        .when(Session::has_findings)
        .switch(Session::lists_findings),
    row(Menu::View, "Show how figures were read", &[], Command::ToggleReadings)
        .switch(|session| session.workspace().readings),
    row(Menu::View, "Theme of the system", &[], Command::Theme(ThemeChoice::System))
        .switch(|session| session.workspace().theme == ThemeChoice::System)
        .below_line(),
    row(Menu::View, "Light", &[], Command::Theme(ThemeChoice::Light))
        .switch(|session| session.workspace().theme == ThemeChoice::Light),
    row(Menu::View, "Dark", &[], Command::Theme(ThemeChoice::Dark))
        .switch(|session| session.workspace().theme == ThemeChoice::Dark),
    row(Menu::View, "Larger text", &[ctrl(Key::Plus), ctrl(Key::Equals)], Command::Zoom(1)).below_line(),
    row(Menu::View, "Smaller text", &[ctrl(Key::Minus)], Command::Zoom(-1)),
    row(Menu::View, "Normal text", &[ctrl(Key::Num0)], Command::Zoom(0))
        .when(|session| session.workspace().zoom_percent != 100),
    row(Menu::View, "Less motion", &[], Command::ToggleMotion).switch(|session| session.workspace().still).below_line(),
    row(Menu::Chart, "Next chart", &[ctrl(Key::PageDown)], Command::StepChart(1)).when(has_charts),
    row(Menu::Chart, "Previous chart", &[ctrl(Key::PageUp)], Command::StepChart(-1)).when(has_charts),
    row(Menu::Help, "Keys", &[bare(Key::F1)], Command::Keys),
    row(Menu::Help, "About Nisba", &[], Command::About),
];

/// The action that does this.
pub fn action(command: &Command) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.command == *command)
}

/// Commands whose keys were pressed.
pub fn pressed(ctx: &egui::Context, session: &Session, commands: &mut Vec<Command>) {
    let mut keys: Vec<(KeyboardShortcut, &Action)> =
        ACTIONS.iter().flat_map(|action| action.keys.iter().map(move |key| (*key, action))).collect();
    // egui's rule: what needs more keys is asked first, or Ctrl+Z would eat Ctrl+Shift+Z.
    keys.sort_by_key(|(key, _)| std::cmp::Reverse(u8::from(key.modifiers.shift)));
    // Under a dialog of the window nothing else is to be done.
    let free = session.overlay().is_none();
    let typing = ctx.text_edit_focused();
    let edits_text = |action: &Action| matches!(action.command, Command::Undo | Command::Redo);
    for (key, action) in keys {
        if free
            && !(typing && edits_text(action))
            && (action.enabled)(session)
            && ctx.input_mut(|input| input.consume_shortcut(&key))
        {
            commands.push(action.command.clone());
        }
    }
    if let Some(open) = session.shown().filter(|open| free && open.path.is_some())
        && ctx.input_mut(|input| input.consume_shortcut(&RELOAD_KEYS))
    {
        commands.push(Command::Reload(open.id()));
    }
    if ctx.text_edit_focused() {
        return;
    }
    let copy = ctx.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
    if copy && has_selection(session) {
        commands.push(Command::CopyCitation);
    }
    // An open menu closes on Escape by itself, when it is left the key.
    if !egui::Popup::is_any_open(ctx) && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        commands.push(Command::LetGo);
    }
}
