import SwiftUI

@main
struct PloverApp: App {
    init() {
        Pushes.shared.start()
    }

    var body: some Scene {
        WindowGroup {
            Text("Plover")
        }
    }
}
