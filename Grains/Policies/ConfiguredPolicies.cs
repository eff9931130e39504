using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Policies;

/// <summary>
/// The configured policies. Changes to the configuration take effect at once, also for tokens issued before. An invalid change is logged,
/// and the last valid policies remain in force.
/// </summary>
internal sealed partial class ConfiguredPolicies : IPolicies, IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<ConfiguredPolicies> _logger;
    private readonly IDisposable? _subscription;
    private volatile RuleSet _rules;

    /// <exception cref="OptionsValidationException">A policy is invalid.</exception>
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

    public void Dispose() => _subscription?.Dispose();

    private void Change(PolicyOptions options)
    {
        if (options.IsDefault && !_rules.IsDefault)
        {
            // The defaults must not apply while the file is briefly missing because it is being rewritten.
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
