//! Marks that several charts share: a bar, a dot with its interval, an axis.

use maud::{Markup, html};

use super::scale::{Scale, WIDTH, coordinate};

/// Height of a row of a chart, in units of its width.
const HEIGHT: f64 = 16.0;

/// A dot with its interval and what stands below it.
pub(super) struct Dot {
    /// Where it stands.
    pub value: f64,
    /// Its interval, if one may be shown; a limit may be infinite.
    pub interval: Option<(f64, f64)>,
    /// Whether it carries what is said: filled, else hollow.
    pub firm: bool,
}

/// A row of a chart: what `marks` draws, with the grid behind. `said` is the same in words.
pub(super) fn row(scale: &Scale, grid: &[f64], said: &str, marks: &Markup) -> Markup {
    html! {
        svg.bar viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(said) {
            path.grid d=(lines(scale, grid)) {}
            (marks)
        }
    }
}

fn lines(scale: &Scale, grid: &[f64]) -> String {
    grid.iter().map(|tick| format!("M{} 0v{HEIGHT}", coordinate(scale.place(*tick)))).collect()
}

/// A bar from one value to another.
pub(super) fn bar(scale: &Scale, from: f64, to: f64, class: &str) -> Markup {
    let (left, right) = (scale.place(from.min(to)), scale.place(from.max(to)));
    html! {
        rect class=(class) x=(coordinate(left)) y="4" width=(coordinate(right - left)) height="8" {}
    }
}

/// A thin bar below a dot and its interval.
pub(super) fn part(scale: &Scale, from: f64, to: f64, class: &str) -> Markup {
    let (left, right) = (scale.place(from), scale.place(to));
    html! {
        rect class=(class) x=(coordinate(left)) y="11" width=(coordinate(right - left)) height="5" {}
    }
}

/// A dot with its interval; an arrow where the interval goes on beyond the scale.
pub(super) fn dot(scale: &Scale, dot: &Dot) -> Markup {
    html! {
        @if let Some((low, high)) = dot.interval {
            @let (left, right) = (scale.place(low), scale.place(high));
            @let line = format!("M{} 5H{}", coordinate(left), coordinate(right));
            @let ends = format!("{}{}", end(scale, right, high, -5.0), end(scale, left, low, 5.0));
            @if dot.firm {
                path.interval d={ (line) (ends) } {}
            } @else {
                path.interval.faint d=(line) {}
                path.interval d=(ends) {}
            }
        }
        @if scale.holds(dot.value) {
            circle.dot.hollow[!dot.firm] cx=(coordinate(scale.place(dot.value))) cy="5" r="3.5" {}
        }
    }
}

/// A limit, or an arrow where it lies beyond the scale.
fn end(scale: &Scale, x: f64, limit: f64, back: f64) -> String {
    if scale.holds(limit) {
        format!("M{} 2v6", coordinate(x))
    } else {
        format!("M{0} 2L{1} 5L{0} 8", coordinate(x + back * 0.8), coordinate(x))
    }
}

/// The axis below the rows: a label a tick.
pub(super) fn axis(scale: &Scale, ticks: &[(f64, String)]) -> Markup {
    html! {
        svg.axis viewBox={ "0 0 " (WIDTH) " 16" } aria-hidden="true" {
            @for (index, (tick, label)) in ticks.iter().enumerate() {
                @let anchor = match index {
                    0 => "start",
                    last if last + 1 == ticks.len() => "end",
                    _ => "middle",
                };
                @let x = match anchor {
                    "start" => scale.place(*tick) - 4.0,
                    "end" => scale.place(*tick) + 5.0,
                    _ => scale.place(*tick),
                };
                text x=(coordinate(x)) y="12" text-anchor=(anchor) { (label) }
            }
        }
    }
}
