//! The filters beside the list, what of them is on, and what would be left without it.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::guide::search::{Between, Count, Filter, Hits, Offer, Part, Query, Sieve, Tick};
use crate::questionnaire::Kind;
use crate::web::count::from_to;

/// A filter with more choices than these shows the most frequent ones, and the others when it is opened.
const SHORT: usize = 12;
/// How many it shows then.
const SHOWN: usize = 10;

/// The most ticks that are taken off one by one above the list; beside it each can be.
const ONE_BY_ONE: usize = 30;

/// The choices under one heading.
pub struct Facet<'a> {
    /// The name of its fields.
    pub name: &'a str,
    /// The heading.
    pub heading: &'a str,
    /// What is seen at once.
    pub shown: Vec<Choice<'a>>,
    /// What is seen when it is opened.
    pub others: Vec<Choice<'a>>,
}

/// One choice.
pub struct Choice<'a> {
    /// What the address says.
    pub key: Cow<'a, str>,
    /// What the page says.
    pub label: Cow<'a, str>,
    /// Whether it is on.
    pub ticked: bool,
    /// How many programs a click leaves, or with a plus, adds.
    pub count: String,
    /// Whether that is none.
    pub none: bool,
}

/// Something that is on, and the list without it.
pub struct Active {
    /// "Technology: Cloud"
    pub label: String,
    /// The list without it.
    pub href: String,
}

/// The filters that stay beside the list and those of which something is on, with what each click leaves.
pub fn facets<'a>(offer: &'a Offer, query: &Query, sieve: &Sieve) -> Vec<Facet<'a>> {
    let stands = |filter: usize| query.asks_for(filter) || offer.filters.get(filter).is_some_and(|filter| filter.stays);
    let parts = offer.parts().filter(|(filter, ..)| stands(*filter));
    let options = parts.map(|(filter, part, offered)| facet(offered, query, sieve, filter, part));
    options.chain(numbers(offer, query).map(|(_, filter, between)| facet_of_numbers(filter, between, sieve))).collect()
}

/// The numbers that are on, each with its filter and that filter's place.
pub(super) fn numbers<'a>(offer: &'a Offer, query: &Query) -> impl Iterator<Item = (usize, &'a Filter<'a>, Between)> {
    query.numbers.iter().filter_map(|(place, between)| Some((*place, offer.filters.get(*place)?, *between)))
}

fn facet_of_numbers<'a>(filter: &'a Filter, between: Between, sieve: &Sieve) -> Facet<'a> {
    let found = sieve.found().len();
    let choice = Choice {
        key: between.to_string().into(),
        label: numbers_in_words(filter, between).into(),
        ticked: true,
        count: found.to_string(),
        none: found == 0,
    };
    Facet { name: filter.place, heading: filter.question.heading(), shown: vec![choice], others: Vec::new() }
}

fn numbers_in_words(filter: &Filter, between: Between) -> String {
    from_to(between.least, between.most, matches!(filter.question.kind, Kind::Year { .. }))
}

/// "Established: 2000–2004"
pub(super) fn named_numbers(filter: &Filter, between: Between) -> String {
    format!("{}: {}", filter.question.heading(), numbers_in_words(filter, between))
}

fn facet<'a>(offered: &'a Part, query: &Query, sieve: &Sieve, filter: usize, part: usize) -> Facet<'a> {
    let choice = |(index, (count, (key, label))): (usize, (Count, &(&'a str, &'a str)))| Choice {
        key: Cow::Borrowed(*key),
        label: Cow::Borrowed(*label),
        ticked: query.has(filter, part, index),
        count: words(count),
        none: count.number() == 0,
    };
    let counts = sieve.counts(filter, part).into_iter();
    let choices: Vec<Choice> = counts.zip(&offered.choices).enumerate().map(choice).collect();
    let (shown, others) = match choices.len() > SHORT {
        true => most_frequent_first(choices, &sieve.overall(filter, part)),
        false => (choices, Vec::new()),
    };
    Facet { name: &offered.name, heading: &offered.heading, shown, others }
}

/// The most frequent choices of the edition, whatever is asked for, so that they stay where they are; with them what is
/// ticked among the others.
fn most_frequent_first<'a>(choices: Vec<Choice<'a>>, overall: &[u64]) -> (Vec<Choice<'a>>, Vec<Choice<'a>>) {
    let mut by_frequency: Vec<usize> = (0..choices.len()).collect();
    by_frequency.sort_by_key(|index| Reverse(overall.get(*index)));
    let rank = |index: usize| by_frequency.iter().position(|known| *known == index);
    let ranked = choices.into_iter().enumerate().map(|(index, choice)| (rank(index), choice));
    let (mut shown, others): (Vec<_>, Vec<_>) = ranked.partition(|(rank, choice)| choice.ticked || *rank < Some(SHOWN));
    shown.sort_by_key(|(rank, _)| *rank);
    let choices = |ranked: Vec<(_, Choice<'a>)>| ranked.into_iter().map(|(_, choice)| choice).collect();
    (choices(shown), choices(others))
}

fn words(count: Count) -> String {
    match count {
        Count::Has(number) | Count::Leaves(number) => number.to_string(),
        Count::Adds(number) => format!("+{number}"),
    }
}

/// What is on: the text, each tick, and numbers. Where very much is ticked it stands heading by heading, as each link
/// carries all of the others.
pub fn active(year: i32, offer: &Offer, query: &Query) -> Vec<Active> {
    let active = |label: String, without: &Query| Active { label, href: without.address(year, offer) };
    let text = (!query.text.is_empty()).then(|| active(quoted(&query.text), &query.without_text()));
    let tick = |tick: &Tick| {
        let part = offer.part(tick.filter, tick.part)?;
        Some(active(format!("{}: {}", part.heading, part.label(tick.choice)), &query.toggled(*tick)))
    };
    let part = |(filter, part, offered): (usize, usize, &Part)| {
        let label = match query.ticked_in(filter, part).count() {
            0 | 1 => ticked(query, filter, part, offered)?,
            many => format!("{}: {many} choices", offered.heading),
        };
        Some(active(label, &query.without_part(filter, part)))
    };
    let ticks: Vec<Active> = match query.ticked.len() > ONE_BY_ONE {
        true => offer.parts().filter_map(part).collect(),
        false => query.ticked.iter().filter_map(tick).collect(),
    };
    let numbers = numbers(offer, query)
        .map(|(place, filter, between)| active(named_numbers(filter, between), &query.without_numbers(place)));
    text.into_iter().chain(ticks).chain(numbers).collect()
}

/// What is asked for, in words: "“cloud”; Size: Small or Medium". Empty where nothing is.
pub fn in_words(offer: &Offer, query: &Query) -> String {
    let text = (!query.text.is_empty()).then(|| quoted(&query.text));
    let parts = offer.parts().filter_map(|(filter, part, offered)| ticked(query, filter, part, offered));
    let numbers = numbers(offer, query).map(|(_, filter, between)| named_numbers(filter, between));
    text.into_iter().chain(parts).chain(numbers).collect::<Vec<_>>().join("; ")
}

/// What is ticked under one heading: "Size: Small or Medium"; none where nothing is.
pub fn ticked(query: &Query, filter: usize, part: usize, offered: &Part) -> Option<String> {
    let ticked: Vec<&str> = query.ticked_in(filter, part).map(|choice| offered.label(choice)).collect();
    (!ticked.is_empty()).then(|| format!("{}: {}", offered.heading, ticked.join(" or ")))
}

/// That typing errors were forgiven; none where they were not. What the guide itself asks stands in every profile, and is
/// not searched.
pub fn remark(query: &Query, hits: &Hits) -> Option<String> {
    let remark = || format!("No company, program, person or answer has {}. These have something like it.", quoted(&query.text));
    hits.forgiven.then(remark)
}

/// A text in the guide's quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{text}”")
}
