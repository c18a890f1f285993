#import "PNLocator.h"

#import <CoreLocation/CoreLocation.h>

@interface PNLocator () <CLLocationManagerDelegate>

@property (nonatomic, strong) CLLocationManager *manager;
@property (nonatomic, copy, nullable) NSString *friendName;

@end

@implementation PNLocator

- (instancetype)init {
    self = [super init];
    if (self) {
        _manager = [[CLLocationManager alloc] init];
        _manager.delegate = self;
    }
    return self;
}

- (void)sendLocationTo:(NSString *)friendName {
    self.friendName = friendName;
    [self.manager requestLocation];
}

#pragma mark - CLLocationManagerDelegate

- (void)locationManager:(CLLocationManager *)manager didUpdateLocations:(NSArray<CLLocation *> *)locations {
    NSLog(@"%@ may know: %@", self.friendName, locations.firstObject);
}

- (void)locationManager:(CLLocationManager *)manager didFailWithError:(NSError *)error {
    NSLog(@"no location: %@", error);
}

@end
