use std::path::PathBuf;

use super::*;

const PAGE: &str = r##"<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title>
<style>.clipped { position: absolute; clip-path: inset(50%) } .gone { display: none } legend { text-transform: uppercase }</style>
<body><h1>Form</h1><p id="script">Script is off.</p>
<script>document.getElementById("script").textContent = "Script is on."</script>
<form action="#sent">
<button class="clipped" tabindex="-1" aria-hidden="true">Save and continue</button>
<label for="name">Company
  name (optional)</label><input id="name" name="name" value="Old">
<label>About <textarea name="about"></textarea></label>
<label for="state">State</label><select id="state" name="state"><option>Alabama</option><option value="NY"> New York </option></select>
<label class="gone" for="name">Vendor</label>
<fieldset><legend>Top tier</legend><label><input type="checkbox" name="top" value="var"> VARs</label></fieldset>
<fieldset><legend>Tier 2</legend><label><input type="checkbox" name="second" value="var"> VARs</label>
  <fieldset><legend>Fee</legend>
    <input type="radio" name="fee" id="yes" value="yes"><label for="yes">Yes</label>
    <input type="radio" name="fee" id="no" value="no"><label for="no">No</label></fieldset>
  <button name="act" value="remove.2">Remove<span class="clipped"> Tier 2</span></button></fieldset>
<button>Save and continue<span class="gone"> later</span></button>
</form>
<nav><a href="#top">Guide</a></nav><footer><a href="#top">Guide</a> <a href="#one">More</a> <a href="#two">More</a></footer>"##;

/// A page on disk, as a form needs an address to be sent to.
struct Page {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Page {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("form.html");
        std::fs::write(&path, PAGE).unwrap();
        Self { _folder: folder, path }
    }

    fn address(&self) -> String {
        format!("file://{}", self.path.display())
    }
}

#[tokio::test]
async fn a_form_is_filled_in_without_javascript_by_its_words() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let page = Page::new();
    browser.open(&page.address()).await;
    assert!(browser.text().await.contains("Script is off."));
    browser.fill("Company name", "Zoë & Co.").await;
    browser.fill("About", "Two\nlines").await;
    browser.choose("State", "New York").await;
    browser.tick("Tier 2 › VARs").await;
    browser.tick("Tier 2 › VARs").await;
    browser.choose("Fee", "No").await;
    assert_eq!(browser.value("Company name (optional)").await, "Zoë & Co.");
    assert!(browser.is_ticked("Tier 2 › Fee › No").await);
    assert!(!browser.is_ticked("Top tier › VARs").await);
    browser.press("Save and continue").await;
    let address = browser.session().current_url().await.unwrap();
    assert_eq!(address.query(), Some("name=Zo%C3%AB+%26+Co.&about=Two%0D%0Alines&state=NY&second=var&fee=no"));
}

#[tokio::test]
async fn what_is_not_there_once_fails_and_says_what_is() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let page = Page::new();
    browser.open(&page.address()).await;
    assert!(browser.text().await.contains("Script is on."));
    browser.press("Guide").await;
    browser.tick("Tier 2 › VARs").await;
    browser.untick("Tier 2 › VARs").await;
    assert!(!browser.is_ticked("Tier 2 › VARs").await);
    browser.press("Tier 2 › Remove Tier 2").await;
    let browser = std::sync::Arc::new(browser);
    for (kind, words, problem) in [
        ("field", "VARs", "2 times “VARs” as a field"),
        ("field", "Vendor", "0 times “Vendor” as a field on this page, which has: company name (optional) | about"),
        ("action", "More", "2 times “More” as a action"),
        ("action", "Top tier › Remove", "0 times"),
    ] {
        let same = browser.clone();
        let search = tokio::spawn(async move { same.find_by_words(kind, words).await });
        let panic = search.await.unwrap_err().into_panic();
        let said = panic.downcast_ref::<String>().unwrap();
        assert!(said.starts_with(problem), "{said}");
    }
}

#[tokio::test]
async fn a_narrow_window_is_photographed() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let page = Page::new();
    browser.resize(320, 700).await;
    browser.open(&page.address()).await;
    let size = browser.session().execute("return [innerWidth, innerHeight]", vec![]).await.unwrap();
    assert_eq!(size.convert::<(u32, u32)>().unwrap(), (320, 700));
    let picture = page.path.with_file_name("pictures/form.png");
    browser.screenshot(&picture).await;
    assert!(std::fs::read(picture).unwrap().starts_with(b"\x89PNG"));
}
