import UIKit

final class SettingsViewController: UIViewController {
    private let settings: Settings
    private let previews = UISwitch()

    init(settings: Settings = .shared) {
        self.settings = settings
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) {
        fatalError("made in code only")
    }

    override func viewDidLoad() {
        super.viewDidLoad()
        title = "Settings"
        previews.isOn = settings.showsPreviews
        previews.addAction(UIAction { [weak self] _ in self?.previewsChanged() }, for: .valueChanged)
        view.addSubview(previews)
    }

    private func previewsChanged() {
        settings.showsPreviews = previews.isOn
    }
}
