using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Policies;

/// <summary>
/// The policies of the configuration, followed as it changes: what a changed policy says counts at once, also for tokens
/// issued before. A change that breaks a policy is reported and leaves the last good set in force.
/// </summary>
internal sealed partial class ConfiguredPolicies : IPolicies, IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<ConfiguredPolicies> _logger;
    private readonly IDisposable? _subscription;
    private volatile RuleSet _rules;

    /// <exception cref="OptionsValidationException">A policy is broken.</exception>
    public ConfiguredPolicies(IOptionsMonitor<PolicyOptions> options, TimeProvider time, ILogger<ConfiguredPolicies> logger)
    {
        _time = time;
        _logger = logger;
        _rules = new RuleSet(options.CurrentValue);
        _subscription = options.OnChange(Change);
    }

    /// <inheritdoc/>
    public ImmutableArray<string> ScopeOf(IEnumerable<string> groups) => _rules.ScopeOf(groups);

    /// <inheritdoc/>
    public bool Allows(
        Actor actor, ImmutableArray<string> scope, string action, ReadOnlySpan<char> resource, RequestMetadata? metadata = null) =>
        _rules.Allows(scope, new PolicyQuestion(actor, action, resource, metadata ?? RequestMetadata.None, _time));

    /// <summary>Stops following the configuration.</summary>
    public void Dispose() => _subscription?.Dispose();

    private void Change(PolicyOptions options)
    {
        if (options.IsDefault && !_rules.IsDefault)
        {
            // A file that is gone for the moment it takes to write it anew must not let everyone do anything.
            LogBroken("there are none any more");
            return;
        }

        try
        {
            _rules = new RuleSet(options);
            LogChanged(_rules.Count);
        }
        catch (OptionsValidationException exception)
        {
            LogBroken(exception.Message);
        }
    }

    [LoggerMessage(1200, LogLevel.Information, "The policies were read again: {Count} are in force")]
    private partial void LogChanged(int count);

    [LoggerMessage(1201, LogLevel.Error, "The changed policies are not taken, the last good ones stay in force: {Errors}")]
    private partial void LogBroken(string errors);
}
