use marslab_model::net::Target;
use marslab_model::world::{Action, Origin, Proxy, Rule, Scheme};
use marslab_model::{HostName, Name};

use crate::window::Window;

const PROBE: &str = "http://www.msftncsi.com/ncsi.txt";

#[tokio::test]
async fn a_page_its_head_and_both() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text(&format!("curl {PROBE}")).await, "Microsoft NCSI\n");
    let head = window.text(&format!("curl -I {PROBE}")).await;
    assert!(head.starts_with("HTTP/1.1 200 OK\n") && head.ends_with("\n\n"), "{head}");
    let verbose = window.text(&format!("curl -sv {PROBE}")).await;
    assert!(verbose.contains("> GET /ncsi.txt HTTP/1.1\n> Host: www.msftncsi.com\n"), "{verbose}");
    assert!(verbose.contains("< HTTP/1.1 200 OK\n") && verbose.ends_with("Microsoft NCSI\n"));
    window.text(r"curl -o C:\x.txt https://login.windows.net/common/v2.0/.well-known/openid-configuration").await;
    assert!(window.text(r"type C:\x.txt").await.contains("issuer"));
}

#[tokio::test]
async fn failures_have_curls_numbers() {
    let mut window = Window::after(|world| {
        world.network.names.remove(&HostName::new("www.msftncsi.com"));
        let to: Target = "203.0.113.30".parse().unwrap();
        let rule = Rule { from: Origin::Machines, to, port: None, action: Action::Drop };
        world.network.firewall.insert(Name::new("a"), rule);
        let rule = Rule {
            from: Origin::Machines,
            to: "203.0.113.20".parse().unwrap(),
            port: None,
            action: Action::Reset,
        };
        world.network.firewall.insert(Name::new("b"), rule);
        let login = world.cloud.endpoints.get_mut(&HostName::new("login.windows.net")).unwrap();
        login.root = Name::new("Nobody's Root");
    });
    assert_eq!(
        window.failure(&format!("curl {PROBE}"), 6).await,
        "curl: (6) Could not resolve host: www.msftncsi.com\n"
    );
    assert!(
        window
            .failure("curl https://management.azure.com/", 28)
            .await
            .starts_with("curl: (28) Failed to connect")
    );
    assert!(window.failure("curl https://go.microsoft.com/", 7).await.starts_with("curl: (7)"));
    assert!(
        window
            .failure("curl https://login.windows.net/", 60)
            .await
            .contains("SEC_E_UNTRUSTED_ROOT")
    );
    assert_eq!(window.failure("curl -s https://login.windows.net/", 60).await, "");
    window.failure("curl", 2).await;
    window.failure("curl --frob x", 2).await;
    window.failure("curl ftp://x/", 1).await;
}

#[tokio::test]
async fn through_a_proxy() {
    let mut window = Window::after(|world| {
        let mut proxy = Proxy::open("squid-5");
        proxy.asks = vec![Scheme::Basic];
        proxy.users.insert(Name::new("backup"), "secret".to_owned());
        world.network.proxies.insert(Name::new("10.0.0.5:8080"), proxy);
    });
    let url = "https://login.windows.net/";
    let text = window.failure(&format!("curl -x http://10.0.0.5:8080 {url}"), 56).await;
    assert_eq!(text, "curl: (56) CONNECT tunnel failed, response 407\n");
    window.text(&format!("curl -x 10.0.0.5:8080 -U backup:secret {url}")).await;
    window.text("set https_proxy=10.0.0.5:8080").await;
    window.failure(&format!("curl {url}"), 56).await;
    window.text("set no_proxy=windows.net").await;
    window.text(&format!("curl {url}")).await;
}
