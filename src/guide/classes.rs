//! Numbers in classes that read well, and where their middle lies. Pure.

use std::ops::RangeInclusive;

/// The most classes: on a telephone each still has room for its number.
const MOST: i64 = 10;

/// Where numbers lie. All but the median are among them: each the smallest that so large a part of them does not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The smallest.
    pub least: i64,
    /// A quarter is not above it.
    pub lower: i64,
    /// As many are above it as below it.
    pub median: Middle,
    /// Three quarters are not above it.
    pub upper: i64,
    /// The largest.
    pub most: i64,
}

/// The middle of two numbers: a whole one, or a half more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Middle {
    /// The whole number at or below it.
    pub whole: i64,
    /// Whether it lies a half above that.
    pub half: bool,
}

impl Middle {
    /// The middle of these two.
    pub fn of(one: i64, other: i64) -> Self {
        // The floor of the mean; the sum of two large numbers would not fit.
        Self { whole: (one & other) + ((one ^ other) >> 1), half: (one ^ other) & 1 == 1 }
    }
}

/// Where these numbers lie; none where there is none.
pub fn spread(numbers: &[i64]) -> Option<Spread> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let quarter = |quarters: usize| sorted.get((sorted.len() * quarters).div_ceil(4).saturating_sub(1)).copied();
    let median = Middle::of(quarter(2)?, *sorted.get(sorted.len() / 2)?);
    Some(Spread { least: *sorted.first()?, lower: quarter(1)?, median, upper: quarter(3)?, most: *sorted.last()? })
}

/// Classes of one width, between round numbers, from the smallest of these numbers to the largest.
pub fn even(numbers: &[i64]) -> Vec<RangeInclusive<i64>> {
    let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else { return Vec::new() };
    let in_steps = |step: i64| {
        let first = least.div_euclid(step);
        (first, most.div_euclid(step).saturating_sub(first).saturating_add(1))
    };
    let step = round_numbers(&[1, 2, 5]).find(|step| in_steps(*step).1 <= MOST).unwrap_or(i64::MAX);
    let (first, count) = in_steps(step);
    let class = |index: i64| {
        let from = first.saturating_add(index).saturating_mul(step);
        from..=from.saturating_add(step - 1)
    };
    (0..count).map(class).collect()
}

/// Classes of one width, unless one of them would hold more than half of the numbers: then they grow with the numbers.
pub fn even_or_growing(numbers: &[i64]) -> Vec<RangeInclusive<i64>> {
    let even = even(numbers);
    let crowded = |class: &RangeInclusive<i64>| {
        class.start() < class.end() && numbers.iter().filter(|number| class.contains(number)).count() * 2 > numbers.len()
    };
    let negative = numbers.iter().any(|number| *number < 0);
    if negative || !even.iter().any(crowded) { even } else { growing(numbers) }
}

/// 0, 1, 2–4, 5–9, 10–19, …; in fewer steps where that makes too many.
fn growing(numbers: &[i64]) -> Vec<RangeInclusive<i64>> {
    let (least, most) = (numbers.iter().min().copied().unwrap_or(0), numbers.iter().max().copied().unwrap_or(0));
    let classes = |digits: &'static [i64]| {
        let bounds: Vec<i64> = std::iter::once(0).chain(round_numbers(digits)).chain([i64::MAX]).collect();
        let classes = bounds.windows(2).filter_map(|pair| match pair {
            [from, next] => Some(*from..=next - 1),
            _ => None,
        });
        classes.filter(|class| *class.end() >= least && *class.start() <= most).collect::<Vec<_>>()
    };
    let few = |classes: &Vec<_>| i64::try_from(classes.len()).is_ok_and(|count| count <= MOST);
    [[1, 2, 5].as_slice(), &[1, 5]].into_iter().map(classes).find(few).unwrap_or_else(|| classes(&[1]))
}

/// These digits, then the same with one more nought, and so on: 1, 2, 5, 10, 20, 50, 100, …
fn round_numbers(digits: &'static [i64]) -> impl Iterator<Item = i64> {
    let powers = (0..).map_while(|power| 10_i64.checked_pow(power));
    powers.flat_map(move |power| digits.iter().filter_map(move |digit| digit.checked_mul(power)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(classes: &[RangeInclusive<i64>]) -> Vec<String> {
        classes.iter().map(|class| format!("{}–{}", class.start(), class.end())).collect()
    }

    #[test]
    fn years_stand_in_classes_between_round_years() {
        assert_eq!(
            written(&even(&[1983, 2014, 1999])),
            ["1980–1984", "1985–1989", "1990–1994", "1995–1999", "2000–2004", "2005–2009", "2010–2014"]
        );
        assert_eq!(written(&even(&[2001, 2003])), ["2001–2001", "2002–2002", "2003–2003"]);
        assert_eq!(written(&even(&[7])), ["7–7"]);
        assert!(even(&[]).is_empty());
    }

    #[test]
    fn numbers_of_which_most_are_small_stand_in_growing_classes() {
        assert_eq!(
            written(&even_or_growing(&[0, 12, 40, 60, 4055])),
            ["0–0", "1–4", "5–9", "10–49", "50–99", "100–499", "500–999", "1000–4999"]
        );
        assert_eq!(written(&even_or_growing(&[10, 20, 30, 40])), ["10–14", "15–19", "20–24", "25–29", "30–34", "35–39", "40–44"]);
        assert_eq!(written(&even_or_growing(&[0, 0, 0, 9])).len(), 10, "nothing is crowded where each number has its own class");
    }

    #[test]
    fn any_number_that_can_be_typed_has_one_class_and_there_are_few() {
        let extremes = [i64::MIN, -1, 0, 1, 999, 1_000_000, i64::MAX - 1];
        for one in extremes {
            for other in extremes {
                for numbers in [vec![one], vec![one, other], vec![one, one, one, other]] {
                    let classes = even_or_growing(&numbers);
                    assert!(classes.len() <= 20, "{numbers:?}: {classes:?}");
                    for number in &numbers {
                        let holding = classes.iter().filter(|class| class.contains(number)).count();
                        assert_eq!(holding, 1, "{number} of {numbers:?} in {classes:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_median_of_an_even_number_of_numbers_is_the_mean_of_the_middle_two() {
        let middle = |whole, half| Middle { whole, half };
        assert_eq!(spread(&[5, 1, 4, 2, 3]), Some(Spread { least: 1, lower: 2, median: middle(3, false), upper: 4, most: 5 }));
        assert_eq!(spread(&[8, 6]), Some(Spread { least: 6, lower: 6, median: middle(7, false), upper: 8, most: 8 }));
        for (numbers, median) in [
            (vec![1136, 9, 4055, 1135], middle(1135, true)),
            (vec![7], middle(7, false)),
            (vec![-4, -1], middle(-3, true)),
            (vec![i64::MIN, i64::MAX], middle(-1, true)),
            (vec![i64::MAX, i64::MAX], middle(i64::MAX, false)),
        ] {
            assert_eq!(spread(&numbers).map(|spread| spread.median), Some(median), "{numbers:?}");
        }
        assert_eq!(spread(&[]), None);
    }
}
