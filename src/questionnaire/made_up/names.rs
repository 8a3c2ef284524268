//! What made-up companies, people and places are called.

use super::dice::Dice;
use crate::questionnaire::answer::{Address, Person};
use crate::questionnaire::country;

const FIRST_SYLLABLES: [&str; 24] = [
    "Aber", "Bram", "Calder", "Dun", "Elm", "Fair", "Gar", "Holl", "Ister", "Jarrow", "Kel", "Lang", "Mar", "Nether", "Ock",
    "Pem", "Quar", "Rother", "Stan", "Thorn", "Ulver", "Wex", "Yar", "Zel",
];
const LAST_SYLLABLES: [&str; 24] = [
    "bank", "bourne", "bridge", "by", "cliffe", "combe", "dale", "den", "field", "ford", "gate", "ham", "hurst", "ley", "low",
    "mere", "mont", "stead", "thorpe", "ton", "vale", "wick", "wold", "worth",
];
const TRADES: [&str; 12] = [
    "Networks",
    "Systems",
    "Communications",
    "Software",
    "Security",
    "Storage",
    "Cloud",
    "Analytics",
    "Telecom",
    "Devices",
    "Data",
    "Labs",
];
const LEGAL_FORMS: [&str; 5] = ["", ", Inc.", " LLC", " Corporation", " Ltd."];
const PROGRAMS: [&str; 6] =
    ["Partner Program", "Partner Network", "Channel Program", "Alliance Program", "Partner Advantage", "Partner First"];

const GIVEN_NAMES: [&str; 20] = [
    "Amara", "Ben", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ingrid", "Jamal", "Kavita", "Liam", "Mei", "Nils",
    "Olivia", "Pedro", "Rosa", "Samuel", "Tove", "Yusuf",
];
const FAMILY_NAMES: [&str; 20] = [
    "Abbott", "Barros", "Chaudhry", "Dahl", "Eriksen", "Fontaine", "Grady", "Hollis", "Ito", "Jensen", "Kowalski", "Lindgren",
    "Mbeki", "Novak", "Okafor", "Price", "Quinn", "Rossi", "Sato", "Tremblay",
];
const TITLES: [&str; 8] = [
    "VP of Worldwide Sales",
    "VP of Channels",
    "Director of Channel Sales",
    "Chief Revenue Officer",
    "Senior Director, Alliances",
    "Head of Partner Programs",
    "VP, Global Partners",
    "Director of Partner Marketing",
];

const STREETS: [&str; 10] = [
    "Canal Street",
    "Commerce Drive",
    "Foundry Lane",
    "Harbor Road",
    "Innovation Way",
    "Lakeside Avenue",
    "Mill Road",
    "Orchard Parkway",
    "Research Boulevard",
    "Station Street",
];
/// City, state, the first three digits of its ZIP codes, and the area code of its telephones.
const CITIES: [(&str, &str, &str, &str); 16] = [
    ("Atlanta", "GA", "303", "404"),
    ("Austin", "TX", "787", "512"),
    ("Boston", "MA", "021", "617"),
    ("Boulder", "CO", "803", "303"),
    ("Chicago", "IL", "606", "312"),
    ("Columbus", "OH", "432", "614"),
    ("Denver", "CO", "802", "303"),
    ("Huntsville", "AL", "358", "256"),
    ("Minneapolis", "MN", "554", "612"),
    ("Nashville", "TN", "372", "615"),
    ("Portland", "OR", "972", "503"),
    ("Raleigh", "NC", "276", "919"),
    ("San Jose", "CA", "951", "408"),
    ("Seattle", "WA", "981", "206"),
    ("Tampa", "FL", "336", "813"),
    ("Tempe", "AZ", "852", "480"),
];

/// What the rows of a list are called, best first, where the list asks for names.
pub(super) const ROWS: [&str; 6] = ["Platinum", "Gold", "Silver", "Bronze", "Registered", "Affiliate"];
/// What is typed under "other".
pub(super) const OTHERS: [&str; 4] = ["By agreement", "On request", "Varies by region", "Regional user groups"];
/// What is typed where any text is right.
pub(super) const PHRASES: [&str; 4] =
    ["Reviewed every quarter", "Open to every partner", "By invitation", "Agreed with each partner"];

/// A company.
pub(super) struct Company {
    /// "Calderwick Networks, Inc."
    pub(super) name: String,
    /// "Calderwick Partner Program"
    pub(super) program: String,
    /// "calderwick-networks.example"
    pub(super) domain: String,
    city: (&'static str, &'static str, &'static str, &'static str),
}

impl Company {
    /// How many companies have names of their own.
    pub(super) const MOST: usize = FIRST_SYLLABLES.len() * LAST_SYLLABLES.len() * TRADES.len();

    /// The company with this number.
    pub(super) fn new(number: usize, dice: &mut Dice) -> Self {
        // A stride without a factor in common with MOST visits every combination once, and neighbours look different.
        let place = (number % Self::MOST) * 4931 % Self::MOST;
        let (first, rest) = (place % FIRST_SYLLABLES.len(), place / FIRST_SYLLABLES.len());
        let (last, trade) = (rest % LAST_SYLLABLES.len(), rest / LAST_SYLLABLES.len());
        let (word, trade) = (format!("{}{}", FIRST_SYLLABLES[first], LAST_SYLLABLES[last]), TRADES[trade]);
        let pick = |dice: &mut Dice, list: &[&'static str]| dice.one_of(list).copied().unwrap_or_default();
        Self {
            name: format!("{word} {trade}{}", pick(dice, &LEGAL_FORMS)),
            program: format!("{word} {}", pick(dice, &PROGRAMS)),
            domain: format!("{}-{}.example", word.to_lowercase(), trade.to_lowercase()),
            city: CITIES[dice.below(CITIES.len())],
        }
    }

    /// Where it is.
    pub(super) fn address(&self, dice: &mut Dice) -> Address {
        let street = dice.one_of(&STREETS).copied().unwrap_or_default();
        let (city, state, zip, _) = self.city;
        Address {
            street: vec![format!("{} {street}", dice.between(1, 9999))],
            city: city.to_owned(),
            state: state.to_owned(),
            postal_code: format!("{zip}{:02}", dice.between(1, 99)),
            country: country::HOME.to_owned(),
        }
    }

    /// A telephone number that no one has: 555-0100 to 555-0199 are kept for stories.
    pub(super) fn phone(&self, dice: &mut Dice) -> String {
        format!("{}-555-01{:02}", self.city.3, dice.between(0, 99))
    }
}

/// Somebody.
pub(super) fn person(dice: &mut Dice) -> Person {
    let pick = |dice: &mut Dice, list: &[&'static str]| dice.one_of(list).copied().unwrap_or_default();
    Person { name: format!("{} {}", pick(dice, &GIVEN_NAMES), pick(dice, &FAMILY_NAMES)), title: pick(dice, &TITLES).to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_company_has_a_name_of_its_own() {
        let domains: HashSet<String> =
            (0..Company::MOST).map(|number| Company::new(number, &mut Dice::marked(0)).domain).collect();
        assert_eq!(domains.len(), Company::MOST);
    }
}
