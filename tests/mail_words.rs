//! The words of every mail, as text and as HTML: a change of any of them shows in `snapshots/`.

use almanac::mail::message::{
    Appearance, ChangesRequested, CopySection, EditorInvited, EntryReceived, EntryReinstated, EntrySubmitted, EntryWithdrawn,
    FactReported, Frame, OpenNote, ProfilePublished, ProfileTakenDown, SignIn, Words,
};

const ENTRY: &str = "https://guide.example.com/entries/0193f1c2-7a30-7cc1-9d5e-52f0a1b7c8d9";

fn frame() -> Frame {
    Frame { guide: "Partner Program Guide".to_owned(), year: 2017, home: "https://guide.example.com/".to_owned() }
}

/// Both forms, under the name of the test's case.
fn compare(case: &str, words: &impl Words) {
    let subject = words.subject();
    insta::with_settings!({ description => subject, omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("{case}.txt"), words.text().unwrap());
        insta::assert_snapshot!(format!("{case}.html"), words.html().unwrap());
    });
}

#[test]
fn sign_in() {
    let token = "5b1f0c".repeat(10);
    let link = format!("https://guide.example.com/sign-in/{token}abcd");
    let expires_at = "2017-03-16T16:02:07Z".parse().unwrap();
    compare("sign_in", &SignIn { frame: frame(), link, code: "C8TN 2VQE".to_owned(), minutes: 20, expires_at });
}

#[test]
fn editor_invited() {
    let link = "https://guide.example.com/sign-in?next=/desk".to_owned();
    compare("editor_invited", &EditorInvited { frame: frame(), email: "ruth@example.com".to_owned(), link });
}

fn submitted() -> EntrySubmitted {
    EntrySubmitted {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        submitted_by: "Joel Brandt".to_owned(),
        submitted_at: "Thursday 16 March 2017, 11:42 am in New York".to_owned(),
        again: true,
        queries: 2,
        confirmed: 1,
        open_notes: 1,
        waiting: 7,
        reference: "C8TN 2VQE".to_owned(),
        link: "https://guide.example.com/desk/entries/0193f1c2-7a30-7cc1-9d5e-52f0a1b7c8d9".to_owned(),
    }
}

#[test]
fn entry_submitted() {
    compare("entry_submitted_again", &submitted());
    let first = EntrySubmitted { again: false, queries: 0, confirmed: 0, open_notes: 0, waiting: 1, ..submitted() };
    compare("entry_submitted", &first);
}

fn received() -> EntryReceived {
    let lines = |lines: &[(&str, &[&str])]| {
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        lines.iter().map(|(label, lines)| ((*label).to_owned(), owned(lines))).collect()
    };
    let section = |title: &str, lines| CopySection { title: title.to_owned(), lines };
    EntryReceived {
        frame: frame(),
        company: "Kestermoor & Söhne <Cloud>, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        reference: "C8TN 2VQE".to_owned(),
        submitted_at: "Thursday 16 March 2017, 11:42 am in New York".to_owned(),
        is_revision: false,
        publishes_on: Some("1 May 2017".to_owned()),
        contact_name: "Ruth Lindqvist".to_owned(),
        contact_email: "guide@example.com".to_owned(),
        link: ENTRY.to_owned(),
        copy: vec![
            section(
                "Company information",
                lines(&[
                    ("Company name", &["Kestermoor & Söhne <Cloud>, Inc."]),
                    ("Address", &["4 Harbour Row", "Portland, OR 97201", "USA"]),
                    ("Web site", &["https://www.kestermoor.example/partners"]),
                ]),
            ),
            section("Nothing answered", Vec::new()),
            section(
                "Partner program details",
                lines(&[
                    (
                        "Which of the following does your program give solution providers that have just joined, before \
                         they have reached any of its levels?",
                        &["Training", "Sales leads", "Deal registration: yes"],
                    ),
                    (
                        "What sets the program apart?",
                        &[
                            "It pays within ten days, to every partner, whatever their size; nobody waits for the end of a quarter.\n\
                           \nPartners say so themselves.",
                        ],
                    ),
                ]),
            ),
        ],
    }
}

#[test]
fn entry_received() {
    compare("entry_received", &received());
}

#[test]
fn once_profiles_have_appeared_their_day_is_not_told() {
    let late = EntryReceived { publishes_on: None, ..received() };
    for words in [late.text().unwrap(), late.html().unwrap()] {
        assert!(words.contains("there is nothing to do.") && !words.contains("appear on"));
    }
}

#[test]
fn of_a_revision_it_is_told_that_the_profile_stays() {
    let revision = EntryReceived { is_revision: true, publishes_on: None, ..received() };
    for words in [revision.text().unwrap(), revision.html().unwrap()] {
        assert!(words.contains("as it is until the editors publish the revision"), "{words}");
    }
}

#[test]
fn changes_requested() {
    let note = |question: Option<&str>, body: &str, link: &str| OpenNote {
        question: question.map(str::to_owned),
        body: body.to_owned(),
        link: format!("{ENTRY}{link}"),
    };
    let mail = ChangesRequested {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        editor: "Ruth Lindqvist".to_owned(),
        notes: vec![
            note(
                Some("How many active partners does the program have in North America?"),
                "Last year it was 410; is 41,000 right?\n\nIf it is, tell us in a sentence what happened: readers are going to ask \
                 as well.",
                "/partners#active_partners",
            ),
            note(None, "Thank you for the logo. <b>One</b> thing is left.", ""),
        ],
        link: ENTRY.to_owned(),
    };
    compare("changes_requested", &mail);
}

#[test]
fn profile_published() {
    let first = ProfilePublished {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        appearance: Appearance::First,
        profile: "https://guide.example.com/2017/programs/kestermoor-cloud".to_owned(),
        link: ENTRY.to_owned(),
    };
    compare("profile_published", &first);
    compare("profile_published_again", &ProfilePublished { appearance: Appearance::Update, ..first.clone() });
    compare("profile_published_back", &ProfilePublished { appearance: Appearance::Return, ..first });
}

fn why() -> Vec<OpenNote> {
    vec![OpenNote { question: None, body: "The company was sold.\nWho runs the program now?".to_owned(), link: ENTRY.to_owned() }]
}

#[test]
fn profile_taken_down() {
    let mail = ProfileTakenDown {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        editor: "Ruth Lindqvist".to_owned(),
        notes: why(),
        link: ENTRY.to_owned(),
    };
    compare("profile_taken_down", &mail);
    let silent = ProfileTakenDown { notes: Vec::new(), ..mail };
    assert!(!silent.text().unwrap().contains("noted"));
}

#[test]
fn entry_withdrawn() {
    let to_vendor = EntryWithdrawn {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        by: "Ruth Lindqvist".to_owned(),
        reference: "C8TN 2VQE".to_owned(),
        to_editors: false,
        notes: why(),
        link: ENTRY.to_owned(),
    };
    compare("entry_withdrawn", &to_vendor);
    let (by, link) = ("Joel Brandt".to_owned(), ENTRY.replace("/entries/", "/desk/entries/"));
    compare("entry_withdrawn_to_editors", &EntryWithdrawn { to_editors: true, by, link, notes: Vec::new(), ..to_vendor });
}

#[test]
fn entry_reinstated() {
    let mail = EntryReinstated {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        editor: "Ruth Lindqvist".to_owned(),
        may_submit: true,
        deadline: Some("Friday 31 March 2017, 5:00 pm in New York".to_owned()),
        link: ENTRY.to_owned(),
    };
    compare("entry_reinstated", &mail);
    let late = EntryReinstated { may_submit: false, deadline: None, ..mail };
    assert!(late.text().unwrap().contains("The deadline has passed") && !late.text().unwrap().contains("complete it"));
}

#[test]
fn fact_reported() {
    let to_vendor = FactReported {
        frame: frame(),
        company: "Kestermoor Cloud, Inc.".to_owned(),
        program: "Kestermoor Summit".to_owned(),
        question: Some("What types of training does your partner program offer?".to_owned()),
        answer: vec!["Boot camp".to_owned(), "Blogs/Message boards".to_owned()],
        wrong: "There was no boot camp this year.\n\n<b>Only</b> videos.".to_owned(),
        from: Some("reader@example.org".to_owned()),
        profile: "https://guide.example.com/2017/programs/kestermoor-cloud#training_types".to_owned(),
        to_editors: false,
        link: ENTRY.to_owned(),
    };
    compare("fact_reported", &to_vendor);
    let profile = "https://guide.example.com/2017/programs/kestermoor-cloud".to_owned();
    let link = "https://guide.example.com/desk/entries/0193f1c2-7a30-7cc1-9d5e-52f0a1b7c8d9/history".to_owned();
    let answer = Vec::new();
    compare(
        "fact_reported_to_editors",
        &FactReported { question: None, answer, from: None, profile, to_editors: true, link, ..to_vendor },
    );
}
