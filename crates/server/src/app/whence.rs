//! Where a session was opened, in words: what a browser says of itself is read for the two names people know.

use super::limits::Network;
use store::Whence;

/// What is looked for in a browser's text, the first that fits: others go by the names of those below them, too.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Longest text that is looked through, in bytes.
const LOOKED_AT: usize = 500;

/// Where somebody comes from: his network, and what his browser says of itself (`User-Agent`).
pub fn whence(network: Network, agent: Option<&str>) -> Whence {
    let agent = agent.unwrap_or_default();
    let agent = agent.get(..LOOKED_AT).unwrap_or(agent);
    let found = |names: &[(&str, &str)]| {
        let name = names.iter().find(|(mark, _)| agent.contains(mark));
        name.map(|(_, name)| (*name).to_owned())
    };
    // Chrome on an iPhone is another.
    let chrome = agent.contains("CriOS/").then(|| "Chrome".to_owned());
    Whence {
        network: Some(network.to_string()),
        browser: chrome.or_else(|| found(&BROWSERS)),
        system: found(&SYSTEMS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_people_call_them() {
        let read = |agent: &str| {
            let whence = whence(Network::of("192.0.2.7".parse().unwrap()), Some(agent));
            (whence.browser.unwrap_or_default(), whence.system.unwrap_or_default())
        };
        for (agent, browser, system) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox",
                "Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari",
                "macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile Safari/604.1",
                "Chrome",
                "iOS",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
                "Chrome",
                "Android",
            ),
            ("curl/8.5", "", ""),
            ("<script>alert(1)</script>", "", ""),
        ] {
            assert_eq!(read(agent), (browser.to_owned(), system.to_owned()), "{agent}");
        }
        let six = whence(Network::of("2001:db8:1:2::9".parse().unwrap()), None);
        assert_eq!(six.network.as_deref(), Some("2001:db8:1:2::/64"));
    }
}
