// A function that nobody can see, named after incoming calls, may report the
// call of the push that it takes: alone, or in an object made of it.
// RUN: rm -rf "%t" && mkdir "%t" && cp "%s" "%t"
// RUN: %not %ringfence check --checks='-*,ringfence-push-without-calls,ringfence-unreported-path' "%t" 2>&1 | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <PushKit/PushKit.h>
#import <Talk/Talk.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) PKPushRegistry *registry;
@end

@implementation Pushes

- (instancetype)init {
    if ((self = [super init])) {
        _registry = [[PKPushRegistry alloc] initWithQueue:nil];
        _registry.delegate = self;
        _registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
    }
    return self;
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if (payload.dictionaryPayload[@"room"] == nil) {
        completion();
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
        return;
    }
    TalkIncoming *incoming = [[TalkIncoming alloc] init];
    incoming.push = payload.dictionaryPayload;
    [[Talk sharedTalk] announceIncomingCall:incoming answered:^(NSError *error) {
        NSLog(@"%@", error);
    }];
    completion();
}

@end
// CHECK-DAG: withCompletionHandler:]: hands the push to code that cannot be seen
