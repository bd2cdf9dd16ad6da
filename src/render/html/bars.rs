//! Marks that several charts share: a bar, a dot with its interval, an axis.

use maud::{Markup, html};

use super::scale::{Scale, WIDTH, coordinate};

/// Height of a row of a chart, in units of its width.
const HEIGHT: f64 = 16.0;

/// A dot with its interval and what stands below it.
pub(super) struct Dot {
    /// Where it stands.
    pub value: f64,
    /// Its interval, if one may be shown.
    pub interval: Option<(f64, f64)>,
    /// Whether it carries what is said: filled, else hollow.
    pub firm: bool,
}

/// A row of a chart: what `marks` draws, with the grid behind. `said` is the same in words.
pub(super) fn row(scale: &Scale, grid: &[f64], said: &str, marks: &Markup) -> Markup {
    html! {
        svg.bar viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(said) {
            @for tick in grid {
                @let x = coordinate(scale.place(*tick));
                line.grid.zero[*tick == 0.0] x1=(x) x2=(x) y1="0" y2=(HEIGHT) {}
            }
            (marks)
        }
    }
}

/// A bar from one value to another.
pub(super) fn bar(scale: &Scale, from: f64, to: f64, class: &str) -> Markup {
    let (left, right) = (scale.place(from.min(to)), scale.place(from.max(to)));
    html! {
        rect class=(class) x=(coordinate(left)) y="4" width=(coordinate(right - left)) height="8" {}
    }
}

/// A dot with its interval; an arrow where the interval goes on beyond the scale.
pub(super) fn dot(scale: &Scale, dot: &Dot) -> Markup {
    html! {
        @if let Some((low, high)) = dot.interval {
            @let (left, right) = (scale.place(low), scale.place(high));
            line.interval.faint[!dot.firm] x1=(coordinate(left)) x2=(coordinate(right)) y1="8" y2="8" {}
            @if scale.holds(high) { (limit(right)) } @else { (arrow(right, -5.0)) }
            @if scale.holds(low) { (limit(left)) } @else { (arrow(left, 5.0)) }
        }
        circle.dot.hollow[!dot.firm] cx=(coordinate(scale.place(dot.value))) cy="8" r="4" {}
    }
}

fn limit(x: f64) -> Markup {
    html! { line.interval x1=(coordinate(x)) x2=(coordinate(x)) y1="5" y2="11" {} }
}

fn arrow(x: f64, back: f64) -> Markup {
    let path = format!("M{0} 4L{1} 8L{0} 12", coordinate(x + back), coordinate(x));
    html! { path.arrow d=(path) {} }
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
