// RUN: rm -rf "%t" && mkdir -p "%t/App" "%t/Other" && cd "%t" && cp "%s" App/Pushes.m
// RUN: cp "%S/Inputs/Bare.plist" App/Info.plist && cp "%S/Inputs/Bare.plist" Other/Info.plist
// RUN: %not %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck App/Pushes.m --implicit-check-not='[ringfence-'

// Nobody knows which app the file is built for: one that has it all will do.
// RUN: cp "%S/Inputs/Complete.plist" Other/Info.plist
// RUN: %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck App/Pushes.m --check-prefix=SILENT --allow-empty
// SILENT-NOT: ringfence-project-settings

// An extension that hands calls over needs leave to show nothing.
// RUN: cp "%S/Inputs/Service.m" App/Service.m
// RUN: %not %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck "%S/Inputs/Service.m"
// RUN: cp "%S/Inputs/Filtering.entitlements" App/Service.entitlements
// RUN: %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck App/Pushes.m --check-prefix=SILENT --allow-empty

#import <BackgroundTasks/BackgroundTasks.h>
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@implementation Pushes

- (void)start {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'voip' is not among the UIBackgroundModes of any of the 2 apps' Info.plist files{{.*}}[ringfence-project-settings]
  self.registry = [[PKPushRegistry alloc] initWithQueue:nil];
  self.registry.delegate = self;
  self.registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'com.example.tidy-up' is not among the BGTaskSchedulerPermittedIdentifiers{{.*}}[ringfence-project-settings]
  [[BGTaskScheduler sharedScheduler] registerForTaskWithIdentifier:@"com.example.tidy-up" usingQueue:nil launchHandler:^(BGTask *task) {
    [task setTaskCompletedWithSuccess:YES];
  }];
}

- (void)schedule {
  // CHECK: :[[@LINE+2]]:{{[0-9]+}}: warning: 'fetch' is not among the UIBackgroundModes{{.*}}[ringfence-project-settings]
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'com.example.refresh' is not among the BGTaskSchedulerPermittedIdentifiers{{.*}}[ringfence-project-settings]
  BGAppRefreshTaskRequest *request = [[BGAppRefreshTaskRequest alloc] initWithIdentifier:@"com.example.refresh"];
  [[BGTaskScheduler sharedScheduler] submitTaskRequest:request error:nil];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
    completion();
  }];
}

@end
