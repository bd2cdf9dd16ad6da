//! The colours of marks, in one place so that a test can look at them with other eyes.
//!
//! The shares start from the hues of Okabe & Ito (2008), "Color Universal Design", moved apart in
//! lightness until every pair differs for every kind of colour vision; no colour is ever the only
//! carrier of a meaning.

use std::fmt::Write;

/// A colour as red, green, blue.
type Colour = [u8; 3];

/// Fills of the variants of a choice, in their order; letters on them tell them apart too.
pub(super) const SHARES: [(Colour, Ink); 8] = [
    ([0x0e, 0x37, 0x91], Ink::Light),
    ([0xf8, 0x95, 0x0d], Ink::Dark),
    ([0x04, 0x7c, 0x79], Ink::Light),
    ([0xc7, 0x97, 0xb8], Ink::Dark),
    ([0x99, 0xe6, 0xfb], Ink::Dark),
    ([0xad, 0x3e, 0x04], Ink::Light),
    ([0xf6, 0xe8, 0x58], Ink::Dark),
    ([0x50, 0x35, 0x3c], Ink::Light),
];

/// What is written on a fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Black letters.
    Dark,
    /// White letters.
    Light,
}

/// Less often than all outlets together to more often, in seven steps; the middle is neutral.
pub(super) const HEAT: [(Colour, Ink); 7] = [
    ([0x1f, 0x5f, 0x99], Ink::Light),
    ([0x7f, 0xb2, 0xd9], Ink::Dark),
    ([0xcf, 0xe2, 0xf0], Ink::Dark),
    ([0xf1, 0xef, 0xe9], Ink::Dark),
    ([0xf9, 0xd9, 0xb0], Ink::Dark),
    ([0xea, 0xa0, 0x4c], Ink::Dark),
    ([0xa0, 0x4a, 0x00], Ink::Light),
];

/// The rules of the style sheet that set these colours.
pub(super) fn rules() -> String {
    let mut rules = String::new();
    for (index, (fill, ink)) in SHARES.iter().enumerate() {
        let [fill, ink] = [hex(*fill), ink.hex()];
        // Writing to a string can't fail.
        let _ = write!(rules, ".c{index}{{fill:{fill};background:{fill};color:{ink}}}");
        let _ = write!(rules, ".c{index}+text{{fill:{ink}}}");
    }
    for (index, (fill, ink)) in HEAT.iter().enumerate() {
        let [fill, ink] = [hex(*fill), ink.hex()];
        let _ = write!(rules, ".h{index},.h{index} a{{background:{fill};color:{ink}}}");
    }
    rules
}

impl Ink {
    fn hex(self) -> String {
        hex(self.colour())
    }

    fn colour(self) -> Colour {
        match self {
            Self::Dark => [0x14, 0x14, 0x14],
            Self::Light => [0xff, 0xff, 0xff],
        }
    }
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Linear = [f64; 3];

    fn linear(colour: Colour) -> Linear {
        colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn times(matrix: [Linear; 3], [x, y, z]: Linear) -> Linear {
        matrix.map(|row| row[0] * x + row[1] * y + row[2] * z)
    }

    /// Machado, Oliveira & Fernandes (2009), severity 1; the identity for full colour vision.
    const EYES: [(&str, [Linear; 3]); 4] = [
        ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];

    /// Ottosson (2020), "A perceptual color space for image processing" (OKLab).
    fn oklab(colour: Linear) -> Linear {
        let colour = colour.map(|part| part.clamp(0.0, 1.0));
        let cones = times(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ],
            colour,
        )
        .map(f64::cbrt);
        times(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ],
            cones,
        )
    }

    fn distance(x: Colour, y: Colour, eyes: [Linear; 3]) -> f64 {
        let [x, y] = [x, y].map(|colour| oklab(times(eyes, linear(colour))));
        x.iter().zip(y).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt()
    }

    fn luminance(colour: Colour) -> f64 {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(x: Colour, y: Colour) -> f64 {
        let (x, y) = (luminance(x), luminance(y));
        (x.max(y) + 0.05) / (x.min(y) + 0.05)
    }

    /// A just noticeable difference is about .02 in OKLab; four of them tell patches apart.
    const APART: f64 = 0.08;

    fn all_apart(colours: &[(Colour, Ink)], least: f64) {
        for (name, eyes) in EYES {
            for (index, (x, _)) in colours.iter().enumerate() {
                for (other, (y, _)) in colours.iter().enumerate().skip(index + 1) {
                    let distance = distance(*x, *y, eyes);
                    assert!(
                        distance >= least,
                        "{name}: {index} and {other} are {distance:.3} apart"
                    );
                }
            }
        }
    }

    #[test]
    fn shares_can_be_told_apart_by_everyone() {
        all_apart(&SHARES, APART);
    }

    #[test]
    fn steps_of_heat_can_be_told_apart_by_everyone() {
        all_apart(&HEAT, 0.04);
    }

    #[test]
    fn both_sides_of_heat_can_be_told_apart_by_everyone() {
        for (name, eyes) in EYES {
            for step in 0..3 {
                let distance = distance(HEAT[step].0, HEAT[6 - step].0, eyes);
                assert!(distance >= APART, "{name}: step {step} is {distance:.3} apart");
            }
        }
    }

    #[test]
    fn letters_can_be_read_on_every_fill() {
        for (fill, ink) in SHARES.iter().chain(&HEAT) {
            let contrast = contrast(*fill, ink.colour());
            assert!(contrast >= 4.5, "{}: {contrast:.2}", hex(*fill));
        }
    }

    #[test]
    fn a_red_and_a_green_of_equal_lightness_would_not_pass() {
        let [red, green] = [[0xc0, 0x50, 0x30], [0x70, 0x80, 0x20]];
        let deuteranopia = EYES[2].1;
        assert!(distance(red, green, deuteranopia) < APART);
    }
}
