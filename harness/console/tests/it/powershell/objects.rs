use crate::window::Window;

#[tokio::test]
async fn objects_are_chosen_and_counted() {
    let mut window = Window::with(|_| {});
    for (line, shown) in [
        ("3,1,2 | Sort-Object | select -First 2", "1\n2\n"),
        ("3,1,2 | sort -Descending | select -Last 1", "1\n"),
        ("1,1,2 | Select-Object -Unique | measure | select -ExpandProperty Count", "2\n"),
        ("'b','a','b' | sort -Unique", "a\nb\n"),
        ("(1,2,3 | Measure-Object -Sum -Average).Sum", "6\n"),
        ("1,2,3 | ? { $_ -gt 1 } | % { $_ * 2 }", "4\n6\n"),
        ("'abc','def' | Select-String -Pattern '^d'", "def\n"),
        ("'abc' | Select-String x -Quiet", "False\n"),
        ("Write-Host a; Write-Output c", "a\nc\n"),
        ("1,2 | Out-Null", ""),
        ("(gsv | select -Skip 1 -First 1 | measure).Count", "1\n"),
    ] {
        assert_eq!(window.text(line).await, shown, "{line}");
    }
    let text = window.failure("gsv obengine | select -ExpandProperty Nothing", 1).await;
    assert!(text.contains("Property \"Nothing\" cannot be found."), "{text}");
}
