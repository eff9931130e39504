using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Checks <see cref="RedisOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>;
