use crate::window::Window;

#[tokio::test]
async fn the_name_follows_the_world() {
    let mut window = Window::after(|world| {
        for machine in world.machines.values_mut() {
            machine.computer_name = "OTHER7".to_owned();
        }
    });
    assert_eq!(window.run("hostname").await.text, "OTHER7\n");
}
