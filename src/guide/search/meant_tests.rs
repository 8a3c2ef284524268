use super::{Apart, Meant};
use crate::guide::search::samples::meant;

fn is(asked: &str, word: &str, forgiving: bool) -> bool {
    meant(asked, forgiving, &[]).iter().all(|meant| meant.is(word))
}

#[test]
fn a_word_is_itself_or_its_beginning() {
    for (asked, word, means) in [
        ("digium", "digium", true),
        ("dig", "digium", true),
        ("digium", "dig", false),
        ("d", "digium", true),
        ("r&d", "digium", false),
        ("", "x", true),
    ] {
        assert_eq!(is(asked, word, false), means, "{asked} {word}");
    }
    assert!(is("霧", "霧灯", false), "a character of such a script is more than a letter");
}

#[test]
fn what_somebody_joined_is_one_word() {
    for (asked, word, means) in [
        ("co-op", "coop", true),
        ("co-op", "co-operation", true),
        ("co-op", "cooper", false),
        ("co-op", "co", false),
        ("co-op", "op", false),
        ("cloud-bas", "cloudbased", true),
        ("cloud-bas", "clouds", false),
        ("cloud-bas", "based", false),
        ("24/7", "247", false),
        ("24/7", "24", false),
    ] {
        assert_eq!(is(asked, word, false), means, "{asked} {word}");
    }
    let ends = |asked: &str, word: &str| meant(asked, false, &[])[0].apart[0].ends_with(word);
    assert!(ends("co-op", "op") && !ends("co-op", "operating") && ends("cloud-bas", "based"));
    assert!(ends("24/7", "7") && !ends("24/7", "70"));
    assert!(is("co op", "company", false) || meant("co op funds", false, &[])[0].is("company"));
}

#[test]
fn errors_are_forgiven_by_the_length_of_the_word() {
    for (asked, word, means) in [
        ("digum", "digium", true),
        ("diguim", "digium", true),
        ("unifed", "unified", true),
        ("comunicatoins", "communications", true),
        ("dgm", "digium", false),
        ("cluod", "cloud", true),
        ("msp", "mssp", false),
        ("café", "case", false),
        ("2007", "2008", false),
        ("cloud", "loud", true),
        ("cloud", "proud", false),
    ] {
        assert_eq!(is(asked, word, true), means, "{asked} {word}");
        assert!(!is(asked, word, false), "{asked} {word}");
    }
    assert!(!is(&"x".repeat(100), &"x".repeat(99), true));
    let known = meant("loud unifed", true, &["loud", "cloud"]);
    assert!(!known[0].is("cloud") && known[1].is("unified"), "a word that stands there is not taken for an error");
}

#[test]
fn two_words_that_are_the_plural_of_one_are_no_others_mistyped() {
    let is = |asked: &str, word: &str, known: &[&str]| meant(asked, true, known).iter().all(|meant| meant.is(word));
    assert!(is("data bases", "database", &["data", "based", "database"]));
    let bases = |known: &[&str]| meant("data bases", true, known).remove(1).is("based");
    assert!(!bases(&["data", "based", "database"]));
    assert!(bases(&["data", "based"]), "where there is no such word, it may be another");
    assert!(!is("data bases", "database", &["data", "bases", "database"]), "a word that stands there is meant as it is");
}

/// Which words of a text are what one mistyped word may mean: in one, or in two.
fn almost(asked: &str, known: &[&str]) -> Vec<String> {
    let (exactly, meant) = (meant(asked, false, known), meant(asked, true, known));
    let in_one = known.iter().filter(|known| meant.iter().all(|meant| !meant.near.is_empty() && meant.is(known)));
    let exactly: Vec<Apart> = exactly.into_iter().flat_map(|meant| meant.apart).collect();
    let in_two = meant.iter().flat_map(|meant| &meant.apart).filter(|apart| !exactly.contains(apart));
    let in_two = in_two.map(|apart| apart.words.join(" "));
    let mut almost: Vec<String> = in_one.map(|known| (*known).to_owned()).chain(in_two).collect();
    almost.dedup();
    almost
}

#[test]
fn a_letter_may_be_left_out_or_swapped_in_a_word_of_four() {
    for (asked, stands, means) in [
        ("dany", "danny", true),
        ("stve", "steve", true),
        ("lant", "landt", true),
        ("clud", "cloud", true),
        ("laed", "lead", true),
        ("emal", "email", true),
        ("dany", "many", false),
        ("dany", "any", false),
        ("cafe", "case", false),
        ("rome", "some", false),
        ("lnat", "lantern", false),
        ("2o17", "2017", false),
        ("msp", "mssp", false),
    ] {
        assert_eq!(meant(asked, true, &[stands])[0].is(stands), means, "{asked} {stands}");
        assert!(!meant(asked, true, &[asked, stands])[0].is(stands), "{asked} stands there");
    }
}

#[test]
fn errors_are_forgiven_across_a_joint() {
    for (asked, known, meant) in [
        ("e-mial", vec!["e", "mail", "email"], vec!["email"]),
        ("r-mail", vec!["e", "mail", "email"], vec![]),
        ("e-mail", vec!["e", "mail", "emails"], vec![]),
        ("co-po", vec!["co", "op", "coop"], vec![]),
        ("rodashow", vec!["road", "show"], vec!["road show"]),
        ("rodashow", vec!["road", "show", "roadshow"], vec!["roadshow", "road show"]),
        ("roadhsow", vec!["road", "show"], vec!["road show"]),
        ("roasdhow", vec!["road", "show"], vec!["road show"]),
        ("rodashow", vec!["road", "shows"], vec!["road show"]),
        ("roasdhow", vec!["road", "shows"], vec!["road show"]),
        ("roadshwo", vec!["road", "show", "shows", "showing"], vec!["road show", "road shows"]),
        ("raodhsow", vec!["road", "show"], vec![]),
        ("rad-show", vec!["road", "show"], vec!["road show"]),
        ("rodshow", vec!["road", "show", "rod", "rods"], vec!["road show", "rods show"]),
        ("state-of-teh-art", vec!["state", "of", "the", "art"], vec![]),
        ("clodu-bsaed", vec!["cloud", "based"], vec!["cloud based"]),
        ("clodu-bas", vec!["cloud", "bas", "based"], vec!["cloud bas"]),
        ("telecomunications-services", vec!["telecommunications", "services"], vec!["telecommunications services"]),
        ("digum/cloud", vec!["digium", "cloud"], vec!["digium cloud"]),
        ("webste", vec!["web", "site", "step"], vec![]),
        ("adshow", vec!["ad", "show", "and"], vec![]),
        ("applocation", vec!["app", "location", "apple"], vec![]),
    ] {
        assert_eq!(almost(asked, &known), meant, "{asked} where {known:?} stand");
    }
}

/// What is asked for: words, each with what stands in its place.
fn spellings(asked: &str, known: &[&str]) -> Vec<String> {
    let meant = meant(asked, false, known);
    let ways = |meant: &Meant| -> String {
        let apart = meant.apart.iter().map(|apart| apart.words.join(" "));
        meant.wholes().map(str::to_owned).chain(apart).collect::<Vec<_>>().join(" or ")
    };
    meant.iter().map(ways).collect()
}

#[test]
fn one_word_or_two_are_the_same() {
    for (asked, known, meant) in [
        ("e-mail", vec!["e", "email", "mail"], vec!["email or e mail"]),
        ("e-mail", vec!["e", "mail"], vec!["email or e mail"]),
        ("email", vec!["email"], vec!["email"]),
        ("webste", vec!["web", "steve", "ste"], vec!["webste"]),
        ("applocation", vec!["app", "location"], vec!["applocation"]),
        ("cloud-based", vec!["cloudbased"], vec!["cloudbased or cloud based"]),
        ("cloud-based", vec!["cloud", "based"], vec!["cloudbased or cloud based"]),
        ("A-B", vec!["about"], vec!["ab or a b"]),
        ("24/7", vec!["24", "7"], vec!["24/7 or 24x7 or 24 7"]),
        ("cloud/e-mail", vec!["cloud", "email"], vec!["cloud/e/mail or cloud e mail or cloud email"]),
        ("4,055", vec!["4055"], vec!["4055"]),
        ("256-428-6000", vec!["2564286000"], vec!["2564286000"]),
        ("24 x 7", vec!["24x7"], vec!["24x7"]),
        ("2016 2017", vec!["20162017"], vec!["2016 or 20162017", "2017 or 20162017"]),
        ("road show", vec!["road", "show"], vec!["road", "show"]),
        ("road show", vec!["roadshow"], vec!["road or roadshow", "show or roadshow"]),
        ("roadshow", vec!["road", "show"], vec!["roadshow or road show"]),
        ("roadshow", vec!["road", "show", "roadshow"], vec!["roadshow or road show"]),
        ("roadshow", vec!["road", "shows"], vec!["roadshow or road show"]),
        ("roadshow", vec!["road"], vec!["roadshow"]),
        ("roadsh", vec!["road", "show"], vec!["roadsh or road sh"]),
        ("roads", vec!["road", "show"], vec!["roads"]),
        ("roadsh", vec!["road", "show", "roadshow"], vec!["roadsh"]),
        ("roadsh", vec!["road", "shed", "roadsh"], vec!["roadsh"]),
        ("e-mail email", vec!["email"], vec!["email or e mail"]),
    ] {
        assert_eq!(spellings(asked, &known), meant, "{asked} where {known:?} stand");
    }
}
