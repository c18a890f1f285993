import UIKit

final class ConversationListViewController: UIViewController {
    override func viewDidLoad() {
        super.viewDidLoad()
        title = "Courier"
    }
}
