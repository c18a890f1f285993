import UIKit

/// All conversations; the screen that the app begins with.
final class ConversationListViewController: UIViewController {
    private let store: MessageStore
    private let list = UILabel()

    init(store: MessageStore = .shared) {
        self.store = store
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) {
        fatalError("made in code only")
    }

    override func viewDidLoad() {
        super.viewDidLoad()
        title = "Courier"
        list.text = store.all().map { "\($0.title) (\($0.unread))" }.joined(separator: "\n")
        view.addSubview(list)
    }

    func open(_ conversation: Conversation) {
        navigationController?.pushViewController(ConversationViewController(conversation: conversation), animated: true)
    }
}
