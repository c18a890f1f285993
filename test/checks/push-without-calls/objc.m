// RUN: rm -rf "%t" && mkdir "%t" && cp "%s" "%t"
// RUN: %not %ringfence check --checks='-*,ringfence-push-without-calls' "%t" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <PushKit/PushKit.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) PKPushRegistry *registry;
@end

@implementation Pushes

- (void)start {
    self.registry = [[PKPushRegistry alloc] initWithQueue:nil];
    self.registry.delegate = self;
    self.registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}

// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}nothing in it reports{{.*}}[ringfence-push-without-calls]
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [[NSUserDefaults standardUserDefaults] setObject:payload.dictionaryPayload[@"badge"] forKey:@"badge"];
    completion();
}
// CHECK: note: registers for VoIP pushes here

@end
