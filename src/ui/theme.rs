//! Tokens to egui: colours, fonts, sizes and the style of every control.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    Vec2, Visuals, style::ScrollAnimation,
};

use crate::{
    chart::{
        text::Face,
        tokens::{Paint, Rgb, Theme, size},
    },
    session::{ThemeChoice, Workspace},
};

/// Seconds of the ease of thread and scroll.
pub const MOTION_SECONDS: f32 = 0.12;

/// A step of space, 0 to 5: 4 8 12 20 24 40.
pub fn space(step: usize) -> f32 {
    size::SPACE.get(step).copied().unwrap_or(size::SPACE[0]) as f32
}

/// Bold.
pub fn bold_family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Italic.
pub fn italic_family() -> FontFamily {
    FontFamily::Name("italic".into())
}

/// A font of the type family; `size_px` as the tokens give it.
pub fn font(face: Face, size_px: f64) -> FontId {
    let family = match face {
        Face::Regular => FontFamily::Proportional,
        Face::Bold => bold_family(),
        Face::Italic => italic_family(),
    };
    FontId::new(size_px as f32, family)
}

/// The theme a panel is drawn in.
pub fn theme_of(visuals: &Visuals) -> Theme {
    if visuals.dark_mode { Theme::Dark } else { Theme::Light }
}

/// The colour of something in the theme a panel is drawn in.
pub fn paint(ui: &egui::Ui, what: Paint) -> Color32 {
    colour(theme_of(ui.visuals()).rgb(what))
}

/// A token's colour as egui's.
pub fn colour(rgb: Rgb) -> Color32 {
    Color32::from_rgb(rgb.0, rgb.1, rgb.2)
}

/// Sets fonts and styles once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    for (theme, of) in [(Theme::Light, egui::Theme::Light), (Theme::Dark, egui::Theme::Dark)] {
        let mut style = (*ctx.style_of(of)).clone();
        dress(&mut style, theme);
        ctx.set_style_of(of, style);
    }
    ctx.options_mut(|options| {
        // Ctrl + and − are commands of the session.
        options.zoom_with_keyboard = false;
        // Where the system does not say, paper is light.
        options.fallback_theme = egui::Theme::Light;
    });
}

/// Follows the workspace: theme, size of text, motion.
pub fn follow(ctx: &egui::Context, workspace: &Workspace) {
    let preference = match workspace.theme {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    };
    if ctx.options(|options| options.theme_preference) != preference {
        ctx.set_theme(preference);
    }
    let zoom = workspace.zoom_percent as f32 / 100.0;
    if (ctx.zoom_factor() - zoom).abs() > f32::EPSILON {
        ctx.set_zoom_factor(zoom);
    }
    let seconds = motion_seconds(workspace);
    if (ctx.global_style().animation_time - seconds).abs() > f32::EPSILON {
        ctx.all_styles_mut(|style| {
            style.animation_time = seconds;
            style.scroll_animation =
                if seconds > 0.0 { ScrollAnimation::duration(seconds) } else { ScrollAnimation::none() };
        });
    }
}

/// How long motion takes: nothing where the reader wants none.
pub fn motion_seconds(workspace: &Workspace) -> f32 {
    if workspace.still { 0.0 } else { MOTION_SECONDS }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8], &'static [u8], FontFamily); 3] = [
        ("regular", notosans::REGULAR_TTF, dejavu::sans::regular(), FontFamily::Proportional),
        ("bold", notosans::BOLD_TTF, dejavu::sans::bold(), bold_family()),
        ("italic", notosans::ITALIC_TTF, dejavu::sans::oblique(), italic_family()),
    ];
    for (name, noto, behind, family) in faces {
        let behind_name = format!("{name}-behind");
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(noto)));
        fonts.font_data.insert(behind_name.clone(), Arc::new(FontData::from_static(behind)));
        fonts.families.insert(family, vec![name.to_owned(), behind_name]);
    }
    // Nothing here is set in a monospaced face; egui asks for one all the same.
    fonts.families.insert(FontFamily::Monospace, vec!["regular".to_owned(), "regular-behind".to_owned()]);
    fonts
}

fn dress(style: &mut Style, theme: Theme) {
    let text = |size: f64| FontId::new(size as f32, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, text(size::LABEL)),
        (TextStyle::Body, text(size::TEXT)),
        (TextStyle::Button, text(size::TEXT)),
        (TextStyle::Monospace, text(size::TEXT)),
        (TextStyle::Heading, font(Face::Bold, size::TITLE)),
    ]
    .into();
    style.animation_time = MOTION_SECONDS;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.3;
    style.spacing.item_spacing = Vec2::new(space(1), space(0));
    style.spacing.button_padding = Vec2::new(space(2), space(0));
    style.spacing.interact_size = Vec2::new(24.0, 24.0);
    style.spacing.menu_margin = Margin::same(space(1) as i8);
    style.spacing.menu_width = 240.0;
    style.spacing.scroll = egui::style::ScrollStyle::floating();
    style.visuals = visuals(theme);
}

fn visuals(theme: Theme) -> Visuals {
    let rgb = |what| colour(theme.rgb(what));
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    let corner = CornerRadius::same(size::CORNER as u8);
    let line = Stroke::new(1.0, rgb(Paint::Line));
    let ink = Stroke::new(1.0, rgb(Paint::Ink));
    let ring = Stroke::new(2.0, rgb(Paint::Accent));
    visuals.panel_fill = rgb(Paint::Panel);
    visuals.window_fill = rgb(Paint::Card);
    visuals.window_stroke = line;
    visuals.window_corner_radius = CornerRadius::same(size::CORNER_CARD as u8);
    visuals.menu_corner_radius = corner;
    let shade = Color32::from_black_alpha(if theme == Theme::Dark { 96 } else { 28 });
    visuals.window_shadow = Shadow { offset: [0, 8], blur: 28, spread: 0, color: shade };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: shade };
    visuals.extreme_bg_color = rgb(Paint::Card);
    visuals.faint_bg_color = rgb(Paint::Ground);
    visuals.hyperlink_color = rgb(Paint::Accent);
    visuals.weak_text_color = Some(rgb(Paint::Ink3));
    visuals.selection.bg_fill = rgb(Paint::Chosen);
    visuals.selection.stroke = Stroke::new(1.0, rgb(Paint::Accent));
    visuals.warn_fg_color = rgb(Paint::Loss);
    visuals.error_fg_color = rgb(Paint::Loss);
    visuals.text_cursor.stroke = Stroke::new(2.0, rgb(Paint::Accent));
    let widgets = &mut visuals.widgets;
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.corner_radius = corner;
        widget.expansion = 0.0;
        widget.fg_stroke = ink;
        widget.bg_stroke = line;
        widget.bg_fill = rgb(Paint::Card);
        widget.weak_bg_fill = rgb(Paint::Card);
    }
    widgets.noninteractive.bg_fill = rgb(Paint::Panel);
    widgets.hovered.bg_fill = rgb(Paint::Ground);
    widgets.hovered.weak_bg_fill = rgb(Paint::Ground);
    widgets.hovered.bg_stroke = Stroke::new(1.0, rgb(Paint::Ink3));
    // egui draws what has the keyboard's focus as active: the ring that is always visible.
    widgets.active.bg_stroke = ring;
    widgets.active.weak_bg_fill = rgb(Paint::Chosen);
    widgets.active.bg_fill = rgb(Paint::Chosen);
    widgets.open.weak_bg_fill = rgb(Paint::Ground);
    visuals
}
