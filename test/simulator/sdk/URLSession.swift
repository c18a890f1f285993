// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// URLSession, whose requests go to nobody: the script holds the answers.

import Dispatch
import Foundation

public struct URLRequest: Sendable {
    public var url: URL?
    public var httpMethod: String? = "GET"
    public var httpBody: Data?
    public init(url: URL) { self.url = url }
    public mutating func setValue(_ value: String?, forHTTPHeaderField field: String) {}
}

open class URLResponse: NSObject, @unchecked Sendable {}

open class HTTPURLResponse: URLResponse, @unchecked Sendable {
    public let statusCode = 200
}

open class URLSessionDataTask: NSObject, @unchecked Sendable {
    private let request: URLRequest
    private let completion: @Sendable (Data?, URLResponse?, (any Error)?) -> Void
    fileprivate init(_ request: URLRequest,
                     _ completion: @escaping @Sendable (Data?, URLResponse?, (any Error)?) -> Void) {
        self.request = request
        self.completion = completion
    }

    open func resume() {
        let system = System.shared!
        let path = request.url?.path ?? ""
        system.locked {
            system.requestsUnderWay += 1
            system.say("request", ["method": request.httpMethod ?? "GET", "path": path])
        }
        // On the session's own queue, some time later.
        system.call(on: PrivateQueue.network, after: 0.01) {
            system.locked { system.requestsUnderWay -= 1 }
            self.completion(Data((system.script.replies[path] ?? "").utf8), HTTPURLResponse(), nil)
        }
    }
}

open class URLSession: NSObject, @unchecked Sendable {
    public static let shared = URLSession()
    open func dataTask(with request: URLRequest,
                       completionHandler: @escaping @Sendable (Data?, URLResponse?, (any Error)?) -> Void)
        -> URLSessionDataTask { URLSessionDataTask(request, completionHandler) }
    open func dataTask(with url: URL,
                       completionHandler: @escaping @Sendable (Data?, URLResponse?, (any Error)?) -> Void)
        -> URLSessionDataTask { URLSessionDataTask(URLRequest(url: url), completionHandler) }
    open func dataTask(with request: URLRequest) -> URLSessionDataTask { URLSessionDataTask(request) { _, _, _ in } }
    open func dataTask(with url: URL) -> URLSessionDataTask { dataTask(with: URLRequest(url: url)) }
    open func data(for request: URLRequest) async throws -> (Data, URLResponse) {
        await withCheckedContinuation { done in
            dataTask(with: request) { data, response, _ in done.resume(returning: (data!, response!)) }.resume()
        }
    }
    open func data(from url: URL) async throws -> (Data, URLResponse) { try await data(for: URLRequest(url: url)) }
}
