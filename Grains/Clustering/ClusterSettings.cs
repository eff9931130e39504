using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// Which Orleans providers the configuration selects: those in Orleans' own sections, else Redis if <c>Cluster:Redis</c> is set, else
/// memory. Read while the host is built, because providers are services.
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

    /// <summary>Whether the cluster's store is Redis.</summary>
    public bool HasRedis { get; }

    /// <summary>Whether this process is a member of a cluster, through Redis or through Orleans' own section.</summary>
    public bool IsMember => HasRedis || HasOwn("Clustering");

    /// <summary>The cluster's id. Only processes with the same id find each other.</summary>
    public string ClusterId => _orleans["ClusterId"] ?? DefaultName;

    /// <summary>The service's id, under which state is stored across clusters.</summary>
    public string ServiceId => _orleans["ServiceId"] ?? DefaultName;

    /// <summary>Whether Orleans' own section configures this provider.</summary>
    /// <param name="provider">The section's path under <c>Orleans</c>, such as <c>GrainStorage:Ticker</c>.</param>
    public bool HasOwn(string provider) => _orleans.GetSection(provider).Exists();
}
