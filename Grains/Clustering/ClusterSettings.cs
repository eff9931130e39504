using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// Which of Orleans' providers the configuration asks for: its own sections under <c>Orleans</c> come first, Redis where
/// <c>Cluster:Redis</c> names it, else memory. Read while the host is put together, since providers are services.
/// </summary>
internal sealed class ClusterSettings
{
    private const string DefaultName = "orleansticker";

    private readonly IConfigurationSection _orleans;

    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public ClusterSettings(IConfiguration configuration)
    {
        _orleans = configuration.GetSection("Orleans");
        var options = configuration.GetSection(RedisOptions.Section).Get<RedisOptions>() ?? new RedisOptions();
        var result = new RedisOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RedisOptions), result.Failures);
        }

        HasRedis = options.Redis is not null;
    }

    /// <summary>Whether the store of the cluster is Redis.</summary>
    public bool HasRedis { get; }

    /// <summary>Whether this process is one of several, found by Redis or by what Orleans' own section says.</summary>
    public bool IsMember => HasRedis || HasOwn("Clustering");

    /// <summary>The cluster's id. Only processes with the same one find each other.</summary>
    public string ClusterId => _orleans["ClusterId"] ?? DefaultName;

    /// <summary>The service's id, under which the store keeps its state over all clusters that succeed each other.</summary>
    public string ServiceId => _orleans["ServiceId"] ?? DefaultName;

    /// <summary>Whether Orleans itself makes this provider, as its section says.</summary>
    /// <param name="provider">The section's path under <c>Orleans</c>, such as <c>GrainStorage:Ticker</c>.</param>
    public bool HasOwn(string provider) => _orleans.GetSection(provider).Exists();
}
