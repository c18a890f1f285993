import UIKit

/// What the app shows during a call; before, the system has the screen.
final class CallViewController: UIViewController {
    var onHangUp: (() -> Void)?

    private let caller: String
    private let name = UILabel()

    init(caller: String) {
        self.caller = caller
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) {
        fatalError("made in code only")
    }

    override func viewDidLoad() {
        super.viewDidLoad()
        name.text = caller
        view.addSubview(name)
    }

    func hangUp() {
        onHangUp?()
    }
}
