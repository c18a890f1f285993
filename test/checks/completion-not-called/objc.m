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

// What is kept in a property is called once the call is answered.
@interface Keeps : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, copy) void (^pending)(void);
@property (nonatomic, strong) NSMutableDictionary<NSString *, void (^)(void)> *waiting;
@end

@implementation Keeps

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          NSLog(@"%@", error);
                                      }];
    if (payload.dictionaryPayload[@"video"]) {
        self.waiting[@"video"] = completion;
    } else {
        self.pending = [completion copy];
    }
}

- (void)answered {
    if (_pending) {
        _pending();
    }
    void (^video)(void) = [self.waiting objectForKey:@"video"];
    if (video) {
        dispatch_async(dispatch_get_main_queue(), ^{
            video();
        });
    }
}

@end

// Nothing calls what is kept here.
@interface Hoards : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, copy) void (^pending)(void);
@end

@implementation Hoards

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          NSLog(@"%@", error);
                                      }];
    self.pending = completion;
    // CHECK: :[[@LINE-1]]:5: note: the completion handler 'completion' is never called [ringfence-completion-not-called]
}

- (void)answered {
    self.pending = nil;
}

@end

@interface Line : NSObject
@property (nonatomic, copy) void (^arrived)(void);
@property (nonatomic, copy) void (^dropped)(void);
@end

@implementation Line

- (void)connected {
    if (self.arrived)
        self.arrived();
}

@end

/// Another object keeps it, and calls it once it is ready; the other property
/// is never called.
@interface Entrusts : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, strong) Line *line;
@end

@implementation Entrusts

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error){
                                      }];
    if (payload.dictionaryPayload[@"video"]) {
        self.line.dropped = completion;
        // CHECK: :[[@LINE+1]]:9: note: {{.*}} 'completion' {{.*}}[ringfence-completion-not-called]
        return;
    }
    self.line.arrived = completion;
}

@end
