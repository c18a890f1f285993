#!/usr/bin/env python3
"""Writes a tree that is shaped like a large app: thousands of sources that have
nothing to do with pushes, and a few handlers among them.

usage: generate_tree.py FOLDER [--files N]

Same arguments, same bytes.
"""

import argparse
import random
from pathlib import Path

WORDS = """account avatar badge banner basket button cache camera channel chat
contact conversation device draft editor emoji event feed filter folder gallery
group history image inbox invite keyboard label layout link list login map media
member menu message mute notice page panel passcode photo picker pin poll post
preview profile queue reaction reader receipt recorder reply report request room
scanner search section session setting share sheet sidebar socket sticker story
stream sync tab table tag theme thread timeline toast token toolbar topic upload
user video view voice wallet widget""".split()

SWIFT_MEMBERS = [
    """    /// Keeps the {a} in step with the {b}.
    func update{A}(with {b}: {B}?) {{
        guard let {b}, {b}.isValid else {{
            logger.debug("no {b} for {{}}", identifier)
            return
        }}
        {a}s[{b}.identifier] = {b}.{a}
        delegate?.{c}Controller(self, didUpdate: {b})
    }}
""",
    """    private lazy var {a}View: UIStackView = {{
        let view = UIStackView(arrangedSubviews: [{b}Label, {c}Button])
        view.axis = .vertical
        view.spacing = {n}
        return view
    }}()
""",
    """    func load{A}(completion: @escaping (Result<[{B}], Error>) -> Void) {{
        client.get("/{a}/{b}?limit={n}") {{ [weak self] response in
            switch response {{
            case .success(let page):
                self?.{c}Store.insert(page.items)
                completion(.success(page.items))
            case .failure(let error):
                completion(.failure(error))
            }}
        }}
    }}
""",
    """    var {a}Count: Int {{
        {b}s.filter {{ $0.{c}State != .deleted && $0.position > {n} }}.count
    }}
""",
]

OBJC_MEMBERS = [
    """- (void)update{A}With{B}:({B} *){b} {{
    if ({b} == nil || !{b}.isValid) {{
        NSLog(@"no {b} for %@", self.identifier);
        return;
    }}
    self.{a}s[{b}.identifier] = {b}.{a};
    [self.delegate {c}Controller:self didUpdate{B}:{b}];
}}
""",
    """- (void)load{A}:(void (^)(NSArray<{B} *> *items, NSError *error))completion {{
    [self.client get:@"/{a}/{b}?limit={n}" handler:^(NSDictionary *page, NSError *error) {{
        for (NSDictionary *item in page[@"items"]) {{
            [self.{c}Store insert:[{B} {b}WithDictionary:item]];
        }}
        completion(page[@"items"], error);
    }}];
}}
""",
    """- (NSUInteger){a}Count {{
    NSUInteger count = 0;
    for ({B} *{b} in self.{b}s) {{
        if ({b}.position > {n}) {{
            count += 1;
        }}
    }}
    return count;
}}
""",
]

HANDLER = """import CallKit
import PushKit

final class {A}Pushes: NSObject, PKPushRegistryDelegate {{
    private let provider: CXProvider
    init(provider: CXProvider) {{ self.provider = provider }}

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {{}}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {{
        guard let {a} = payload.dictionaryPayload["{a}"] as? String else {{
            completion()
            return
        }}
        let update = CXCallUpdate()
        update.localizedCallerName = {a}
        provider.reportNewIncomingCall(with: UUID(), update: update) {{ _ in completion() }}
    }}
}}
"""

# One handler per so many files; real apps have one or two in all.
HANDLER_EVERY = 1000


def members(choose, templates):
    for _ in range(choose.randint(4, 24)):
        a, b, c = choose.sample(WORDS, 3)
        yield choose.choice(templates).format(
            a=a, A=a.title(), b=b, B=b.title(), c=c, n=choose.randint(1, 99))


def source(choose, number):
    """Name and text of the file with this number."""
    a, b = choose.sample(WORDS, 2)
    name = f"{a.title()}{b.title()}{number}"
    if number % HANDLER_EVERY == HANDLER_EVERY // 2:
        return name + "Pushes.swift", HANDLER.format(a=a, A=name)
    kind = choose.random()
    if kind < 0.7:
        text = f"import Foundation\nimport UIKit\n\nfinal class {name}: UIViewController {{\n"
        return name + ".swift", text + "\n".join(members(choose, SWIFT_MEMBERS)) + "}\n"
    if kind < 0.85:
        text = f'#import "{name}.h"\n\n@implementation {name}\n\n'
        return name + ".m", text + "\n".join(members(choose, OBJC_MEMBERS)) + "\n@end\n"
    text = f"#import <Foundation/Foundation.h>\n\n@interface {name} : NSObject\n"
    properties = (f"@property (nonatomic, strong) NSArray *{word}s;\n" for word in choose.sample(WORDS, 12))
    return name + ".h", text + "".join(properties) + "@end\n"


def generate(folder, files):
    choose = random.Random(files)
    for number in range(files):
        name, text = source(choose, number)
        place = folder / f"Module{number % 40}" / f"Part{number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=5000)
    options = parser.parse_args()
    generate(options.folder, options.files)


if __name__ == "__main__":
    main()
