use std::collections::BTreeSet;

use marslab_console::cmdlets;
use marslab_model::world::{Language, ServiceState, StartType};
use marslab_model::{KeyPath, Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn the_version_of_the_engine() {
    let mut window = Window::with(|_| {});
    let text = window.text("$PSVersionTable.PSVersion").await;
    assert_eq!(
        text,
        "\nMajor  Minor  Build  Revision\n-----  -----  -----  --------\n5      1      14393  2848\n\n\n"
    );
    assert_eq!(window.text("$PSVersionTable.PSVersion.Major").await, "5\n");
    let mut old = Window::with(|machine| {
        machine
            .registry
            .remove(&KeyPath::new(r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine"));
    });
    let text = old.text("$PSVersionTable.PSVersion").await;
    assert!(text.contains("\n2      0      -1     -1\n"), "{text}");
    let text = old.failure("Test-NetConnection x", 1).await;
    assert!(text.contains("The term 'Test-NetConnection' is not recognized"), "{text}");
}

#[tokio::test]
async fn powershell_starts_as_the_machine_lets_it() {
    let program = WinPath::new(r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe");
    let mut gone = Window::with(|machine| drop(machine.files.remove(&program)));
    assert!(gone.failure("Get-Service", 9009).await.contains("not recognized"));
    let mut blocked = Window::with(|machine| {
        machine.antivirus.product = "Guard".to_owned();
        machine.antivirus.blocked.insert(WinPath::new("powershell.exe"));
    });
    assert_eq!(blocked.failure("Get-Service", 1).await, "Access is denied.\n");
    let mut bare = Window::with(|machine| {
        for version in ["1", "3"] {
            let key = format!(r"HKLM\SOFTWARE\Microsoft\PowerShell\{version}\PowerShellEngine");
            machine.registry.remove(&KeyPath::new(key));
        }
    });
    assert!(bare.failure("Get-Service", 1).await.contains("Cannot find registry key"));
}

#[tokio::test]
async fn what_a_line_from_a_program_means() {
    let mut window = Window::with(|_| {});
    let line = "powershell.exe -NoProfile -ExecutionPolicy Bypass -Command \"(Get-Service obengine).Status\"";
    assert_eq!(window.text(line).await, "Running\n");
    assert_eq!(window.text("powershell \"& { 1 + 1 }\"").await, "2\n");
    assert!(window.failure("powershell -EncodedCommand x", 0xFFFD_0000).await.contains("has no"));
}

#[tokio::test]
async fn a_prompt_before_a_line_is_left_out() {
    let mut window = Window::with(|_| {});
    let text = window.text(r"PS C:\WINDOWS\system32> $PSVersionTable.PSVersion.Minor").await;
    assert_eq!(text, "1\n");
}

#[tokio::test]
async fn errors_are_printed_as_powershell_does() {
    let mut window = Window::with(|_| {});
    let text = window.failure("Get-Nothing 1", 1).await;
    assert_eq!(
        text,
        "Get-Nothing : The term 'Get-Nothing' is not recognized as the name of a cmdlet, function, script file, or operable \
         program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.\n\
         At line:1 char:1\n+ Get-Nothing 1\n+ ~~~~~~~~~~~\n    \
         + CategoryInfo          : ObjectNotFound: (Get-Nothing:String) [], CommandNotFoundException\n    \
         + FullyQualifiedErrorId : CommandNotFoundException\n \n"
    );
    let text = window.failure("Get-Service -Nmae x", 1).await;
    assert!(text.starts_with(
        "Get-Service : A parameter cannot be found that matches parameter name 'Nmae'.\nAt line:1 char:13\n"
    ), "{text}");
    assert!(text.contains("\n+             ~~~~~\n"), "{text}");
    let text = window.failure("Get-Service 'x", 1).await;
    assert!(text.contains("The string is missing the terminator: '."), "{text}");
    let text = window.failure("Get-Service -ComputerName x", 1).await;
    assert!(text.contains("not part of the lab"), "{text}");
    // What follows runs all the same.
    let text = window.text("Get-Service nosuch -ErrorAction SilentlyContinue; 'on'").await;
    assert_eq!(text, "on\n");
}

#[tokio::test]
async fn pipes_choose_sort_and_show() {
    let mut window = Window::with(|machine| {
        machine.services.get_mut(&Name::new("VSS")).unwrap().state = ServiceState::Stopped;
        machine.services.get_mut(&Name::new("VSS")).unwrap().start = StartType::Manual;
    });
    let stopped = "Get-Service | Where-Object {$_.Status -eq \"Stopped\"} | Select-Object -ExpandProperty Name";
    assert_eq!(window.text(stopped).await, "VSS\n");
    assert_eq!(window.text("gsv | ? Status -ne Running | % Name").await, "VSS\n");
    assert_eq!(window.text("(gsv | where Status -eq Running | measure).Count").await, "5\n");
    assert_eq!(
        window
            .text("Get-Service V*,W32* | Sort-Object Name -Descending | Select Name, Status")
            .await,
        "\nName     Status\n----     ------\nW32Time Running\nVSS     Stopped\n\n\n"
    );
    assert_eq!(
        window.text("gsv vss | fl Name, StartType").await,
        "\n\nName      : VSS\nStartType : Manual\n\n\n"
    );
    assert_eq!(
        window
            .text("gsv vss | select @{n='It'; e={$_.Name.ToLower() + '!'}} | ft -HideTableHeaders")
            .await,
        "\nvss!\n\n\n"
    );
    assert_eq!(
        window.text("gsv | Out-String -Stream | Select-String Windows | measure | % Count").await,
        "1\n"
    );
    assert_eq!(
        window.text("gsv | Select-String 'Windows Time'").await,
        "Running  W32Time            Windows Time\n"
    );
    assert_eq!(window.text("hostname | ForEach-Object { \"on $_\" }").await, "on SRV01\n");
}

#[tokio::test]
async fn a_window_remembers_variables() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("$s = Get-Service obengine; $x = 2").await, "");
    assert_eq!(window.text("\"$($s.Name) $x$(1 + 1) `$x\"").await, "obengine 22 $x\n");
    assert_eq!(window.text("$env:NEW = 'a'; $env:NEW += 'b'; $env:NEW").await, "ab\n");
    assert_eq!(window.text("$env:COMPUTERNAME").await, "SRV01\n");
    let path = window.text("$env:PSModulePath").await;
    assert!(
        path.contains(r";C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules"),
        "{path}"
    );
    assert!(path.starts_with(r"C:\Users\admin\Documents\WindowsPowerShell\Modules;"), "{path}");
}

#[tokio::test]
async fn lists_and_numbers() {
    let mut window = Window::speaking(Language::Japanese);
    for (line, shown) in [
        ("1,2,3 -contains 2", "True\n"),
        ("(1,2,3)[-1]", "3\n"),
        ("@(1).Count", "1\n"),
        ("20GB / 1GB", "20\n"),
        ("7 / 2", "3.5\n"),
        ("'{0} of {1:N1}' -f 'a', 1234.56", "a of 1,234.6\n"),
        ("'SRV01' -like 'srv*' -and -not ('a' -match '^b')", "True\n"),
        ("[int]'12' + 1", "13\n"),
        ("'a;b' -split ';'", "a\nb\n"),
        ("[version]'2.0.9262.0' -lt [version]'2.0.10000.0'", "True\n"),
        ("(@{a = 1; b = 'x'}).b", "x\n"),
        ("[Math]::Round(2.346, 2)", "2.35\n"),
    ] {
        assert_eq!(window.text(line).await, shown, "{line}");
    }
}

#[test]
fn the_readme_has_every_cmdlet() {
    let page = include_str!("../../../README.md");
    let (_, table) = page.split_once("## PowerShell").unwrap();
    let codes = table.split('`').skip(1).step_by(2);
    let listed: BTreeSet<&str> = codes.flat_map(|code| code.split([' ', ','])).collect();
    let missing: Vec<_> = cmdlets().filter(|name| !listed.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
