// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-background-work' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface Syncs : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Syncs

- (void)syncContacts {
    NSURL *url = [NSURL URLWithString:@"https://example.com/contacts"];
    [[[NSURLSession sharedSession] dataTaskWithURL:url
                                 completionHandler:^(NSData *data, NSURLResponse *response, NSError *error) {
                                     [[NSUserDefaults standardUserDefaults] setObject:data forKey:@"contacts"];
                                 }] resume];
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if ([payload.dictionaryPayload[@"kind"] isEqualToString:@"sync"]) {
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}belongs in a background task{{.*}}[ringfence-background-work]
        [self syncContacts];
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end

// A call is reported, and nothing else is done.
@interface Reports : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Reports

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
