import UIKit

/// One conversation, opened for reading.
final class ConversationViewController: UIViewController {
    private let conversation: Conversation
    private let cipher: MessageCipher
    private let text = UILabel()

    init(conversation: Conversation, cipher: MessageCipher = MessageCipher()) {
        self.conversation = conversation
        self.cipher = cipher
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) {
        fatalError("made in code only")
    }

    override func viewDidLoad() {
        super.viewDidLoad()
        title = conversation.title
        text.text = conversation.messages.map(line).joined(separator: "\n")
        view.addSubview(text)
    }

    private func line(for message: Message) -> String {
        let body = (try? cipher.open(message.sealedBody)) ?? "…"
        return message.sender + ": " + body
    }
}
