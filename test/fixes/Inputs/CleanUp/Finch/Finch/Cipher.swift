import Foundation

/// Opens what other devices have sealed.
struct Cipher {
    func open(_ text: String) -> String {
        String(text.reversed())
    }
}
