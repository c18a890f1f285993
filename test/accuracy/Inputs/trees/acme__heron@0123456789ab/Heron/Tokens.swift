/// Mentions didReceiveIncomingPushWith, handles nothing.
final class Tokens {
    func pushRegistry(_ registry: Int, didReceiveIncomingPushWith payload: String) {}
}
