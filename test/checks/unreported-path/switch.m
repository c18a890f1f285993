// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='is false'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

// The case that is taken says enough; none is taken where there is no default.
@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    // CHECK-DAG: :[[@LINE+1]]:5: note: no case fits
    switch ([payload.dictionaryPayload[@"kind"] integerValue]) {
        case 1:
            [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                                  update:[[CXCallUpdate alloc] init]
                                              completion:^(NSError *error) {
                                                  completion();
                                              }];
            break;
        // CHECK-DAG: :[[@LINE+1]]:14: note: takes this case
        case 2:
            completion();
            break;
    }
}

@end
