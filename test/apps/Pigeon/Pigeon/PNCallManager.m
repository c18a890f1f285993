#import "PNCallManager.h"

#import <CallKit/CallKit.h>

@interface PNCallManager () <CXProviderDelegate>

@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, readwrite, nullable) NSUUID *currentCall;
@property (nonatomic, strong) NSMutableDictionary<NSUUID *, NSString *> *callers;

@end

@implementation PNCallManager

- (instancetype)init {
    self = [super init];
    if (self) {
        CXProviderConfiguration *configuration = [[CXProviderConfiguration alloc] initWithLocalizedName:@"Pigeon"];
        configuration.supportsVideo = YES;
        configuration.supportedHandleTypes = [NSSet setWithObject:@(CXHandleTypeGeneric)];
        _callers = [[NSMutableDictionary alloc] init];
        _provider = [[CXProvider alloc] initWithConfiguration:configuration];
        [_provider setDelegate:self queue:nil];
    }
    return self;
}

- (void)reportCall:(NSUUID *)uuid
              from:(NSString *)caller
             video:(BOOL)video
        completion:(void (^)(void))completion {
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.remoteHandle = [[CXHandle alloc] initWithType:CXHandleTypeGeneric value:caller ?: @"unknown"];
    update.localizedCallerName = caller;
    update.hasVideo = video;
    self.callers[uuid] = caller;
    [self.provider reportNewIncomingCallWithUUID:uuid
                                          update:update
                                      completion:^(NSError *error) {
        if (error) {
            NSLog(@"call not shown: %@", error);
            [self.callers removeObjectForKey:uuid];
        }
        if (completion) {
            completion();
        }
    }];
}

- (void)endCall:(NSUUID *)uuid {
    if (!uuid) {
        return;
    }
    [self.callers removeObjectForKey:uuid];
    [self.provider reportCallWithUUID:uuid endedAtDate:nil reason:CXCallEndedReasonRemoteEnded];
}

#pragma mark - CXProviderDelegate

- (void)providerDidReset:(CXProvider *)provider {
    [self.callers removeAllObjects];
}

- (void)provider:(CXProvider *)provider performAnswerCallAction:(CXAnswerCallAction *)action {
    self.currentCall = action.callUUID;
    [action fulfill];
}

- (void)provider:(CXProvider *)provider performEndCallAction:(CXEndCallAction *)action {
    [self.callers removeObjectForKey:action.callUUID];
    if ([self.currentCall isEqual:action.callUUID]) {
        self.currentCall = nil;
    }
    [action fulfill];
}

@end
