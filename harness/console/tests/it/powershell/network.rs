use marslab_model::world::{Action, Origin, Proxy, Rule};
use marslab_model::{KeyPath, Name};

use crate::window::{Window, of};

#[tokio::test]
async fn connections_are_tried() {
    let mut window = Window::with(|_| {});
    let text = window.text("Test-NetConnection login.microsoftonline.com -Port 443").await;
    assert_eq!(
        text,
        "\n\nComputerName     : login.microsoftonline.com\nRemoteAddress    : 40.126.1.10\nRemotePort       : 443\n\
         TcpTestSucceeded : True\n\n\n"
    );
    let line = "(Test-NetConnection login.microsoftonline.com -Port 443).TcpTestSucceeded";
    assert_eq!(window.text(line).await, "True\n");
    let mut blocked = Window::after(|world| {
        let rule = Rule {
            from: Origin::Machines,
            to: "login.microsoftonline.com".parse().unwrap(),
            port: None,
            action: Action::Drop,
        };
        world.network.firewall.insert(Name::new("no login"), rule);
    });
    let text = blocked.text("tnc login.microsoftonline.com -Port 443").await;
    assert!(text.contains("WARNING: TCP connect to (40.126.1.10 : 443) failed"), "{text}");
    assert!(text.contains("TcpTestSucceeded : False"), "{text}");
    let text =
        window.text("Test-NetConnection nosuch.example -Port 443 -InformationLevel Quiet").await;
    assert_eq!(text, "WARNING: Name resolution of nosuch.example failed\nFalse\n");
}

#[tokio::test]
async fn names_are_resolved() {
    let mut window = Window::with(|_| {});
    assert_eq!(
        window.text("(Resolve-DnsName management.azure.com).IPAddress").await,
        "203.0.113.30\n"
    );
    let text = window.failure("Resolve-DnsName nosuch.example", 1).await;
    assert!(text.contains("nosuch.example : DNS name does not exist"), "{text}");
}

#[tokio::test]
async fn pages_are_fetched_by_the_machines_own_way() {
    let mut window = Window::with(|_| {});
    let page = "(Invoke-WebRequest http://www.msftncsi.com/ncsi.txt -UseBasicParsing).Content";
    assert_eq!(window.text(page).await, "Microsoft NCSI\n");
    assert_eq!(window.text("(iwr https://login.microsoft.com/).StatusCode").await, "200\n");
    assert!(
        window
            .failure("iwr http://nosuch.example", 1)
            .await
            .contains("could not be resolved: 'nosuch.example'")
    );
    let mut behind = Window::after(|world| {
        let mut proxy = Proxy::open("squid-5");
        proxy.refuses.push("www.msftncsi.com".parse().unwrap());
        world.network.proxies.insert(Name::new("10.0.0.5:8080"), proxy);
        let key = KeyPath::new(
            r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings",
        );
        let values = of(world).registry.entry(key).or_default();
        values.insert(Name::new("ProxyEnable"), 1.into());
        values.insert(Name::new("ProxyServer"), "10.0.0.5:8080".into());
    });
    let text = behind.failure("Invoke-WebRequest http://www.msftncsi.com/ncsi.txt", 1).await;
    assert!(text.contains("The remote server returned an error: (403) Forbidden."), "{text}");
}
