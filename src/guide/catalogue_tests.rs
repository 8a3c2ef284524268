use super::*;

fn listed(company: &str) -> Arc<Listed> {
    let printed = Printed { company: company.to_owned(), program: "Program".to_owned(), sections: Vec::new() };
    Arc::new(Listed {
        slug: folded(company),
        letter: letter(company),
        profile: Arc::new(Published { printed, listed: Vec::new(), answers: Map::new(), confirmed_at: Timestamp::UNIX_EPOCH }),
        published_from: Timestamp::UNIX_EPOCH,
        version: 1,
        before: None,
        after: None,
        page: OnceLock::new(),
        print: OnceLock::new(),
    })
}

fn page(text: &str) -> Result<Page, AppError> {
    Page::new(text.to_owned()).map_err(AppError::broken)
}

fn names(shelf: &Shelf) -> Vec<&str> {
    shelf.listed.iter().map(|listed| listed.profile.printed.company.as_str()).collect()
}

#[test]
fn profiles_stand_in_the_order_of_the_alphabet_after_those_without_a_letter() {
    let shelf = Shelf::new(["Zenith", "Österreich AG", "acme", "3Com"].into_iter().map(listed).collect());
    assert_eq!(names(&shelf), ["3Com", "acme", "Österreich AG", "Zenith"]);
    assert_eq!(shelf.listed.iter().map(|listed| listed.letter).collect::<String>(), "#AOZ");
}

#[test]
fn a_new_neighbour_makes_a_page_anew_and_leaves_all_others() {
    let before = Shelf::new(["Acme", "Digium", "Zenith"].into_iter().map(listed).collect());
    for listed in &before.listed {
        listed.page(|| page("old")).unwrap();
        listed.print(|| page("old")).unwrap();
    }
    let after = Shelf::new(before.listed.iter().cloned().chain([listed("Brackenfold")]).collect());
    assert_eq!(names(&after), ["Acme", "Brackenfold", "Digium", "Zenith"]);
    let shown = |shelf: &Shelf, slug: &str| shelf.by_slug[slug].page(|| page("new")).unwrap().identity.clone();
    assert_eq!(shown(&after, "acme"), "new", "it leads to Brackenfold now");
    assert_eq!(shown(&after, "digium"), "new", "it comes after Brackenfold now");
    assert_eq!(shown(&after, "zenith"), "old");
    let print = after.by_slug["acme"].print(|| page("new")).unwrap().identity.clone();
    assert_eq!(print, "old", "what is printed has no neighbours");
    assert_eq!(after.by_slug["digium"].before.as_ref().map(|neighbour| neighbour.company.as_str()), Some("Brackenfold"));
}
