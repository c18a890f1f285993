// RUN: cd "%S" && %ringfence check --checks='-*,ringfence-completion-not-called' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface Forgets : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Forgets

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          NSLog(@"%@", error);
                                      }];
    // CHECK: note: the completion handler 'completion' is never called [ringfence-completion-not-called]
}

@end

@interface Calls : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Calls

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
