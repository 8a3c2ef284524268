//! Which programs fit what a reader wishes for.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::Answered;

/// What a reader wishes for: any of these options, at any of these places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Places of the vocabulary.
    pub places: Vec<String>,
    /// Options offered there.
    pub options: Vec<String>,
}

/// The programs that fit some wishes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fits {
    /// How many fulfil all of them.
    pub all: usize,
    /// Those that fulfil the most, A to Z where they fulfil as many.
    pub best: Vec<Fit>,
}

/// A program and what it fulfils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The program's place in the list A to Z.
    pub place: u32,
    /// For each wish, whether it is fulfilled.
    pub fulfilled: Vec<bool>,
}

impl Answered {
    /// The programs that fulfil the most of these wishes, `most` of them at most; none that fulfils nothing.
    pub fn fitting(&self, wishes: &[Wish], most: usize) -> Fits {
        let fulfilling: Vec<RoaringBitmap> = wishes.iter().map(|wish| self.fulfilling(wish)).collect();
        let any = fulfilling.iter().fold(RoaringBitmap::new(), |any, programs| any | programs);
        let mut best: Vec<Fit> = any.iter().map(|place| Fit::new(place, &fulfilling)).collect();
        let all = best.iter().filter(|fit| fit.count() == wishes.len()).count();
        best.sort_by_key(|fit| (Reverse(fit.count()), fit.place));
        best.truncate(most);
        Fits { all, best }
    }

    fn fulfilling(&self, wish: &Wish) -> RoaringBitmap {
        let options = |place| wish.options.iter().filter_map(move |option| self.programs(place, option));
        wish.places.iter().flat_map(|place| options(place)).fold(RoaringBitmap::new(), |any, programs| any | programs)
    }
}

impl Fit {
    fn new(place: u32, fulfilling: &[RoaringBitmap]) -> Self {
        Self { place, fulfilled: fulfilling.iter().map(|programs| programs.contains(place)).collect() }
    }

    /// How many wishes it fulfils.
    pub fn count(&self) -> usize {
        self.fulfilled.iter().filter(|fulfilled| **fulfilled).count()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Map, Value, json};

    use super::super::Vocabulary;
    use super::*;
    use crate::questionnaire::load;

    const ASKED: &str = r#"
        [roles]
        company = "name"
        program = "title"
        contact = "mail"
        [[page]]
        key = "all"
        title = "All"
        [[page.question]]
        key = "name"
        label = "Name"
        kind = "line"
        [[page.question]]
        key = "title"
        label = "Title"
        kind = "line"
        [[page.question]]
        key = "mail"
        label = "Mail"
        kind = "email"
        [[page.question]]
        key = "fee"
        label = "Fee"
        kind = "one_of"
        options = [{ key = "none", label = "None" }, { key = "low", label = "Low" }, { key = "high", label = "High" }]
        [[page.question]]
        key = "sold"
        label = "Sold"
        kind = "grid_any"
        rows = [{ key = "resold", label = "Resold" }, { key = "rented", label = "Rented" }]
        options = [{ key = "servers", label = "Servers" }, { key = "storage", label = "Storage" }]
    "#;

    fn answered(programs: &[Value]) -> Answered {
        let questionnaire = load::parse("test.toml", ASKED).unwrap();
        let vocabulary = Arc::new(Vocabulary::of(&questionnaire));
        let ticked = |answers: &Value| vocabulary.ticked(&questionnaire, answers.as_object().unwrap_or(&Map::new()));
        let ticked: Vec<_> = programs.iter().map(ticked).collect();
        Answered::new(Arc::clone(&vocabulary), ticked.iter())
    }

    fn wish(places: &[&str], options: &[&str]) -> Wish {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Wish { places: owned(places), options: owned(options) }
    }

    fn fit(place: u32, fulfilled: &[bool]) -> Fit {
        Fit { place, fulfilled: fulfilled.to_vec() }
    }

    fn programs() -> Answered {
        answered(&[
            json!({ "fee": "high", "sold": { "resold": ["servers"] } }),
            json!({ "fee": "low", "sold": { "rented": ["servers", "storage"] } }),
            json!({ "sold": { "resold": ["storage"] } }),
            json!({ "fee": "none", "sold": { "resold": ["servers", "storage"] } }),
            json!({}),
        ])
    }

    #[test]
    fn the_most_wishes_come_first_and_then_the_alphabet() {
        let wishes = [wish(&["fee"], &["none", "low"]), wish(&["sold"], &["servers"]), wish(&["sold"], &["storage"])];
        let best = [
            fit(1, &[true, true, true]),
            fit(3, &[true, true, true]),
            fit(0, &[false, true, false]),
            fit(2, &[false, false, true]),
        ];
        assert_eq!(programs().fitting(&wishes, 10), Fits { all: 2, best: best.to_vec() });
        assert_eq!(programs().fitting(&wishes, 1), Fits { all: 2, best: vec![best[0].clone()] });
    }

    #[test]
    fn a_row_of_a_grid_is_a_place_of_its_own() {
        let rented = [wish(&["sold.rented"], &["storage"])];
        assert_eq!(programs().fitting(&rented, 10), Fits { all: 1, best: vec![fit(1, &[true])] });
        let either = [wish(&["sold.rented", "sold.resold"], &["storage"])];
        assert_eq!(programs().fitting(&either, 10).all, 3);
    }

    #[test]
    fn what_nobody_offers_fits_nobody() {
        for wishes in [vec![], vec![wish(&["fee"], &["free"])], vec![wish(&["fees"], &["none"])]] {
            assert_eq!(programs().fitting(&wishes, 10), Fits::default(), "{wishes:?}");
        }
    }
}
