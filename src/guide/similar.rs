//! Programs that answered like another one.
//!
//! A program is the set of options it ticked, and each option weighs the more the fewer ticked it. Two programs are
//! alike as far as the weight of what both ticked goes, measured by the weight of all that either ticked (the cosine of
//! the angle between them), so that who ticks everything is like nobody.

use std::sync::Arc;

use super::{Listed, Shelf};

/// A program that answered like another one.
#[derive(Debug)]
pub struct Similar<'a> {
    /// The program.
    pub listed: &'a Arc<Listed>,
    /// The options that both ticked, each with its place in the questionnaire; what says most comes first.
    pub shared: Vec<(&'a str, &'a str)>,
}

/// What the options of an edition weigh.
#[derive(Debug)]
pub(super) struct Weights {
    /// By the option's number; 0 for what does not count.
    of_option: Vec<f64>,
    /// By the program's place: the length of all it ticked.
    lengths: Vec<f64>,
}

impl Weights {
    pub(super) fn new(shelf: &Shelf) -> Self {
        let (answered, programs) = (shelf.answered(), shelf.listed());
        let mut of_option = vec![0.0; answered.vocabulary().len()];
        for (number, _, _) in answered.vocabulary().counted() {
            let ticked_by = answered.by_option().get(number as usize).map_or(0, |programs| programs.len());
            if let Some(weight) = of_option.get_mut(number as usize).filter(|_| ticked_by > 0) {
                *weight = (1.0 + programs.len() as f64 / ticked_by as f64).ln();
            }
        }
        let weight = |option: &u32| of_option.get(*option as usize).copied().unwrap_or_default();
        let length = |listed: &Arc<Listed>| listed.ticked.options.iter().map(|option| weight(option).powi(2)).sum::<f64>().sqrt();
        let lengths = programs.iter().map(length).collect();
        Self { of_option, lengths }
    }

    fn of_option(&self, option: u32) -> f64 {
        self.of_option.get(option as usize).copied().unwrap_or_default()
    }

    fn length(&self, place: u32) -> f64 {
        self.lengths.get(place as usize).copied().unwrap_or_default()
    }
}

impl Shelf {
    /// The programs that answered most like the one at a place, the most alike first; those equally alike A to Z.
    pub fn similar(&self, place: u32, most: usize) -> Vec<Similar<'_>> {
        let Some(own) = self.at(place) else { return Vec::new() };
        let mut alike = self.alike(place, own);
        let order = |one: &(u32, f64), other: &(u32, f64)| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0));
        if alike.len() > most {
            alike.select_nth_unstable_by(most, order);
            alike.truncate(most);
        }
        alike.sort_unstable_by(order);
        let similar = alike.iter().filter_map(|(place, _)| self.at(*place));
        similar.map(|listed| Similar { listed, shared: self.shared(own, listed) }).collect()
    }

    /// Every other program that has anything in common with this one, and how alike they are: 1 is the same.
    fn alike(&self, place: u32, own: &Listed) -> Vec<(u32, f64)> {
        let weights = self.weights();
        let mut in_common = vec![0.0; self.listed().len()];
        for option in &own.ticked.options {
            let weight = weights.of_option(*option).powi(2);
            let programs = self.answered().by_option().get(*option as usize).filter(|_| weight > 0.0);
            for program in programs.into_iter().flatten() {
                if let Some(sum) = in_common.get_mut(program as usize) {
                    *sum += weight;
                }
            }
        }
        let others = (0..).zip(in_common).filter(|(other, sum)| *other != place && *sum > 0.0);
        others.map(|(other, sum)| (other, sum / (weights.length(place) * weights.length(other)))).collect()
    }

    /// What both ticked, the rarest first.
    fn shared(&self, one: &Listed, other: &Listed) -> Vec<(&str, &str)> {
        let weights = self.weights();
        let both = |option: u32| [one, other].iter().all(|listed| listed.ticked.options.binary_search(&option).is_ok());
        let mut shared: Vec<_> = self.answered().vocabulary().counted().filter(|(number, _, _)| both(*number)).collect();
        shared.sort_by(|one, other| weights.of_option(other.0).total_cmp(&weights.of_option(one.0)));
        shared.into_iter().map(|(_, place, option)| (place, option)).collect()
    }
}

#[cfg(test)]
#[path = "similar_tests.rs"]
mod tests;
