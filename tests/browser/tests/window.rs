//! A window of the browser, and what a person does and sees in it.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::common::print::PrintParameters;
use thirtyfour::extensions::query::ElementQueryable as _;
use thirtyfour::stringmatch::StringMatchable as _;
use thirtyfour::{By, Key, WebDriver};

use crate::driver::Chromedriver;

/// A window.
pub(crate) struct Window {
    driver: WebDriver,
    _process: Chromedriver,
}

impl Window {
    /// A window that shows what a link leads to.
    pub(crate) async fn open(link: &str) -> Self {
        let process = Chromedriver::start();
        let driver = process.window().await;
        driver.set_script_timeout(ATTEMPT_TIME).await.unwrap();
        let window = Self { driver, _process: process };
        window.go(link).await;
        window
    }

    /// Goes to an address: a whole one, or a path of the page that is open.
    pub(crate) async fn go(&self, address: &str) {
        let open = self.driver.current_url().await.unwrap();
        let address = open.join(address).unwrap();
        self.driver.goto(address.as_str()).await.unwrap();
    }

    /// The page as the server sent it and the script changed it.
    pub(crate) async fn source(&self) -> String {
        self.driver.source().await.unwrap()
    }

    /// What can be read in the element that a selector names.
    pub(crate) async fn text(&self, selector: &str) -> String {
        self.driver.find(By::Css(selector)).await.unwrap().text().await.unwrap()
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.driver.find(By::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Types into the field that a selector names.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        self.driver.find(By::Css(selector)).await.unwrap().send_keys(text).await.unwrap();
    }

    /// Types a line into the command line, and waits until it was carried out.
    pub(crate) async fn type_line(&self, line: &str) {
        self.fill("#line", &format!("{line}{}", Key::Enter.value())).await;
        self.until_text("#transcript li:last-child kbd", line).await;
        self.until("!document.querySelector('#line').value").await;
    }

    /// Presses keys, wherever the keyboard is.
    pub(crate) async fn press(&self, keys: impl AsRef<str>) {
        self.driver.action_chain().send_keys(keys.as_ref()).perform().await.unwrap();
    }

    /// Moves with Tab to the element that a selector names. Each stop on the way must be in sight, and marked.
    pub(crate) async fn tab_to(&self, selector: &str) {
        let mut stops = Vec::new();
        while stops.len() < STOPS_MAX {
            self.press(Key::Tab.value().to_string()).await;
            let (is_there, stop, odd): (bool, String, String) =
                self.evaluate(include_str!("focused.js"), json!([selector])).await;
            assert_eq!(odd, "", "{stop}");
            if is_there {
                return;
            }
            stops.push(stop);
        }
        panic!("Tab does not lead to `{selector}`, but to {stops:#?}");
    }

    /// What a script returns.
    pub(crate) async fn evaluate<T: DeserializeOwned>(&self, script: &str, arguments: Value) -> T {
        let Value::Array(arguments) = arguments else { unreachable!("a list") };
        self.driver.execute(script, arguments).await.unwrap().convert().unwrap()
    }

    /// Waits until an expression is true on the page.
    pub(crate) async fn until(&self, condition: &str) {
        let script = format!(
            "const done = arguments[0]; \
             const look = () => ({condition}) ? done() : setTimeout(look, 20); look();"
        );
        // A script is lost when its page is left: then it is begun again on the next one.
        for _ in 0..ATTEMPTS_MAX {
            if self.driver.execute_async(script.as_str(), Vec::new()).await.is_ok() {
                return;
            }
        }
        panic!("{condition}\nis not so on\n{}", self.text("body").await);
    }

    /// Waits until a text can be read in the element that a selector names.
    pub(crate) async fn until_text(&self, selector: &str, text: &str) {
        let [selector, text] = [selector, text].map(|it| Value::from(it).to_string());
        self.until(&format!("document.querySelector({selector})?.textContent.includes({text})"))
            .await;
    }

    /// The same where the page may run no script.
    pub(crate) async fn until_shown(&self, selector: &str, text: &'static str) {
        let shown = self.driver.query(By::Css(selector)).ignore_errors(true);
        let shown = shown.with_text(text.match_partial().case_sensitive());
        shown.wait(ATTEMPT_TIME * ATTEMPTS_MAX, POLLING_INTERVAL).first().await.unwrap();
    }

    /// A call of the browser's own protocol.
    async fn call(&self, method: &str, parameters: Value) {
        self.driver.cdp().send_raw(method, parameters).await.unwrap();
    }

    /// Gives the page so many of its own pixels, each of them as many of the screen's.
    pub(crate) async fn resize(&self, (width, height): (u32, u32), scale: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Shows the page on a screen or on paper, to somebody who prefers light or dark colours.
    pub(crate) async fn media(&self, media: &str, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            // No picture is of a line that is still being drawn.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }))
            .await;
    }

    /// From the next page on, scripts of pages are not run.
    pub(crate) async fn without_script(&self) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    pub(crate) async fn assert_all_is_legible(&self, what: &str) {
        let found: Vec<String> = self.evaluate(include_str!("contrast.js"), json!([])).await;
        assert!(found.is_empty(), "{what}: {found:#?}");
    }

    /// Nothing may stick out to the right.
    pub(crate) async fn assert_it_fits(&self, what: &str) {
        let found: Vec<String> = self.evaluate(include_str!("sticking_out.js"), json!([])).await;
        assert!(found.is_empty(), "{what}: {found:#?}");
    }

    /// The picture of the window, as PNG.
    pub(crate) async fn screenshot(&self) -> Vec<u8> {
        self.driver.screenshot_as_png().await.unwrap()
    }

    /// The picture of the whole page, in a window that is as high.
    pub(crate) async fn whole(&self, width: u32, scale: u32) -> Vec<u8> {
        let height = self.evaluate("return document.documentElement.scrollHeight", json!([])).await;
        self.resize((width, height), scale).await;
        self.screenshot().await
    }

    /// The page on paper, as PDF.
    pub(crate) async fn print(&self) -> Vec<u8> {
        self.driver.print_page(PrintParameters::default()).await.unwrap()
    }

    /// What the browser complained of since it was last asked.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap();
        log.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }
}

/// As long as one script waits.
const ATTEMPT_TIME: Duration = Duration::from_secs(1);

/// How often it is looked from outside of the page.
const POLLING_INTERVAL: Duration = Duration::from_millis(50);

/// A busy machine is slow.
const ATTEMPTS_MAX: u32 = 40;

/// The page has fewer.
const STOPS_MAX: usize = 60;
