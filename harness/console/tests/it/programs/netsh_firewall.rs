use marslab_model::Name;
use marslab_model::net::Target;
use marslab_model::world::{Action, Origin, Rule};

use crate::window::Window;

#[tokio::test]
async fn a_rule_is_shown_and_deleted() {
    let mut window = Window::after(|world| {
        let to: Target = "40.126.0.0/18".parse().unwrap();
        let rule = Rule { from: Origin::Machines, to, port: Some(443), action: Action::Drop };
        world.network.firewall.insert(Name::new("10 block login"), rule);
    });
    let text = window.text("netsh advfirewall firewall show rule name=all dir=out").await;
    assert!(text.contains("RemoteIP:                             40.126.0.0/18\n"), "{text}");
    assert!(text.contains("Action:                               Block\nOk.\n"), "{text}");
    window.failure("netsh advfirewall firewall show rule name=all dir=in", 1).await;
    let gone = window.text("netsh advfirewall firewall delete rule name=\"10 block login\"").await;
    assert_eq!(gone, "\nDeleted 1 rule(s).\nOk.\n\n");
    assert!(window.live.snapshot().unwrap().network.firewall.is_empty());
    assert!(
        window
            .failure("netsh advfirewall firewall show rule name=all", 1)
            .await
            .contains("No rules match")
    );
}

#[tokio::test]
async fn a_rule_is_added_and_holds() {
    let mut window = Window::with(|_| {});
    let add = "netsh advfirewall firewall add rule name=stop dir=out action=block remoteip=203.0.113.10 protocol=TCP remoteport=80";
    assert_eq!(window.text(add).await, "Ok.\n\n");
    assert!(
        window.failure("curl -I http://www.msftncsi.com/ncsi.txt", 28).await.contains("curl: (28)")
    );
    window.failure("netsh advfirewall firewall add rule name=x dir=in action=allow", 1).await;
    window.failure("netsh advfirewall firewall add rule name=x dir=out action=frob", 1).await;
    window.failure("netsh advfirewall frob", 1).await;
}

#[tokio::test]
async fn a_rule_is_changed() {
    let mut window = Window::after(|world| {
        let to: Target = "203.0.113.10".parse().unwrap();
        let rule = Rule { from: Origin::Machines, to, port: Some(80), action: Action::Drop };
        world.network.firewall.insert(Name::new("stop"), rule);
    });
    let set = "netsh advfirewall firewall set rule name=stop";
    window.failure("curl -I http://www.msftncsi.com/ncsi.txt", 28).await;
    assert_eq!(
        window.text(&format!("{set} new action=allow enable=yes")).await,
        "\nUpdated 1 rule(s).\nOk.\n\n"
    );
    window.text("curl -I http://www.msftncsi.com/ncsi.txt").await;
    window.text(&format!("{set} dir=out new action=block remoteip=any remoteport=443")).await;
    let shown = window.text("netsh advfirewall firewall show rule name=stop").await;
    for line in [
        "RemoteIP:                             Any\n",
        "RemotePort:                           443\n",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    assert!(
        window.failure(&format!("{set} new enable=no"), 1).await.contains("not part of the lab")
    );
    assert!(
        window.failure(&format!("{set}x new action=allow"), 1).await.contains("No rules match")
    );
    window.failure(&format!("{set} new remoteport=many"), 1).await;
    window.failure(&format!("{set} action=allow"), 1).await;
}
