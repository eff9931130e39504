using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Policies;

public sealed class ConfiguredPoliciesTests
{
    private static readonly Actor Demo = new("user:demo", ImmutableDictionary<string, string>.Empty);

    [Fact]
    public async Task Where_none_is_configured_group_user_may_see_prices()
    {
        using var host = await StartAsync();
        var policies = host.Services.GetRequiredService<IPolicies>();

        Assert.Equal(["user_policy"], policies.ScopeOf(["user"]));
        Assert.Empty(policies.ScopeOf(["guest"]));
        Assert.True(policies.Allows(Demo, policies.ScopeOf(["user"]), "connection.open", "ticker"));
    }

    [Fact]
    public async Task What_is_configured_replaces_the_default()
    {
        using var host = await StartAsync(Policy("readers", "Allow", "market.read", "symbol:*", "reader"));
        var policies = host.Services.GetRequiredService<IPolicies>();

        Assert.Empty(policies.ScopeOf(["user"]));
        Assert.Equal(["readers"], policies.ScopeOf(["reader", "reader", "other"]));
        Assert.True(policies.Allows(Demo, ["readers"], "market.read", "symbol:BTC-USD"));
        Assert.False(policies.Allows(Demo, ["readers"], "market.write", "symbol:BTC-USD"));
        Assert.False(policies.Allows(Demo, ["readers"], "market.read", "account:1"));
        Assert.False(policies.Allows(Demo, ["user_policy"], "market.read", "symbol:BTC-USD"));
    }

    [Fact]
    public async Task Any_denial_wins_in_whichever_order()
    {
        using var host = await StartAsync(
            [.. Policy("all", "allow", "*", "*", "user"), .. Policy("no_doge", "deny", "*", "symbol:DOGE-USD", "user")]);
        var policies = host.Services.GetRequiredService<IPolicies>();

        foreach (ImmutableArray<string> scope in new ImmutableArray<string>[] { ["all", "no_doge"], ["no_doge", "all"] })
        {
            Assert.False(policies.Allows(Demo, scope, "market.read", "symbol:DOGE-USD"));
            Assert.True(policies.Allows(Demo, scope, "market.read", "symbol:BTC-USD"));
        }
    }

    [Fact]
    public async Task An_empty_scope_may_do_nothing()
    {
        using var host = await StartAsync();
        var policies = host.Services.GetRequiredService<IPolicies>();

        Assert.False(policies.Allows(Demo, [], "connection.open", "ticker"));
        Assert.False(policies.Allows(Demo, default, "connection.open", "ticker"));
    }

    [Fact]
    public async Task A_changed_policy_counts_at_once()
    {
        using var host = await StartAsync(Policy("rule", "Allow", "*", "*", "user"));
        var policies = host.Services.GetRequiredService<IPolicies>();
        Assert.True(policies.Allows(Demo, ["rule"], "connection.open", "ticker"));

        Change(host, "Policies:rule:Effect", "Deny");

        Assert.False(policies.Allows(Demo, ["rule"], "connection.open", "ticker"));
    }

    [Fact]
    public async Task A_change_that_breaks_a_policy_leaves_the_last_good_ones_until_it_is_mended()
    {
        using var host = await StartAsync(Policy("rule", "Deny", "*", "symbol:DOGE-USD", "user"));
        var policies = host.Services.GetRequiredService<IPolicies>();

        Change(host, "Policies:rule:Effect", "Perhaps");
        Assert.Equal(["rule"], policies.ScopeOf(["user"]));
        Assert.False(policies.Allows(Demo, ["rule"], "market.read", "symbol:DOGE-USD"));

        Change(host, "Policies:rule:Effect", "Allow");
        Assert.True(policies.Allows(Demo, ["rule"], "market.read", "symbol:DOGE-USD"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Policies_that_are_gone_let_nobody_in(bool areThereAtStart)
    {
        const string Rule = """{"Policies":{"rule":{"Effect":"Deny","Actions":["*"],"Resources":["*"],"Groups":["user"]}}}""";
        using var folder = new TemporaryFolder();
        var file = folder["settings.json"];
        await File.WriteAllTextAsync(file, areThereAtStart ? Rule : "{}", TestContext.Current.CancellationToken);
        using var host = await StartAsync(configuration => configuration.AddJsonFile(file, optional: true));
        var policies = host.Services.GetRequiredService<IPolicies>();
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        await File.WriteAllTextAsync(file, Rule, TestContext.Current.CancellationToken);
        configuration.Reload();

        File.Delete(file);
        configuration.Reload();

        Assert.Equal(["rule"], policies.ScopeOf(["user"]));
        Assert.False(policies.Allows(Demo, ["rule", "user_policy"], "connection.open", "ticker"));
    }

    [Fact]
    public async Task A_policy_counts_only_where_all_of_its_conditions_hold()
    {
        using var host = await StartAsync(
        [
            .. Policy("office", "Allow", "*", "*", "user"),
            new("Policies:office:Conditions:0:Field", "meta.address"),
            new("Policies:office:Conditions:0:Operator", "in"),
            new("Policies:office:Conditions:0:Value:0", "192.0.2.7"),
            new("Policies:office:Conditions:0:Value:1", "192.0.2.8"),
            new("Policies:office:Conditions:1:Field", "meta.scheme"),
            new("Policies:office:Conditions:1:Operator", "eq"),
            new("Policies:office:Conditions:1:Value", "https"),
        ]);
        var policies = host.Services.GetRequiredService<IPolicies>();

        Assert.True(policies.Allows(Demo, ["office"], "connection.open", "ticker", new RequestMetadata("192.0.2.8", Scheme: "https")));
        Assert.False(policies.Allows(Demo, ["office"], "connection.open", "ticker", new RequestMetadata("192.0.2.8", Scheme: "http")));
        Assert.False(policies.Allows(Demo, ["office"], "connection.open", "ticker", new RequestMetadata("192.0.2.9", Scheme: "https")));
    }

    [Theory]
    [InlineData("ne", "https")]
    [InlineData("eq", "http")]
    [InlineData("nmatches", "^https")]
    [InlineData("lt", "5")]
    public async Task Where_a_field_is_missing_what_would_allow_does_not_and_what_would_deny_does(string name, string value)
    {
        using var host = await StartAsync(
        [
            .. Policy("all", "Allow", "*", "*", "user"),
            .. Conditional("maybe", "Allow", name, value),
            .. Conditional("never", "Deny", name, value),
            .. Conditional("known", "Deny", name, value),
            new("Policies:known:Conditions:1:Field", "meta.scheme"),
            new("Policies:known:Conditions:1:Operator", "exists"),
        ]);
        var policies = host.Services.GetRequiredService<IPolicies>();

        Assert.False(policies.Allows(Demo, ["maybe"], "connection.open", "ticker"));
        Assert.False(policies.Allows(Demo, ["all", "never"], "connection.open", "ticker"));
        Assert.True(policies.Allows(Demo, ["all", "known"], "connection.open", "ticker")); // Which says that it is not meant.
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task By_default_users_rule_in_Development_only_and_admins_everywhere(string environment, bool mayUsers)
    {
        using var host = await StartAsync(_ => { }, environment);
        var policies = host.Services.GetRequiredService<IPolicies>();

        foreach (var action in new[] { "apikey.create", "token.introspect", "connection.close", "metrics.read" })
        {
            Assert.Equal(mayUsers, policies.Allows(Demo, policies.ScopeOf(["user"]), action, "any"));
            Assert.True(policies.Allows(Demo, policies.ScopeOf(["admin"]), action, "any"));
        }

        Assert.True(policies.Allows(Demo, policies.ScopeOf(["user"]), "symbol.subscribe", "symbol:BTC-USD"));
    }

    [Theory]
    [InlineData("Policies:rule:Condition:0:Field", "action", "Policies:rule:Condition, which means nothing")]
    [InlineData("Policies:rule:Conditions", "action eq x", "Policies:rule:Conditions, which means nothing")]
    [InlineData("Policies:rule:Conditions:0:Vaule", "x", "Policies:rule:Conditions:0:Vaule, which means nothing")]
    [InlineData("Policies:rule:Conditions:0:Field", "time", "'rule', condition 0, has the field 'time'")]
    [InlineData("Policies:rule:Effect", "Perhaps", "Perhaps")]
    [InlineData("Policies:rule:Effect", null, "Policies:rule:Effect")]
    [InlineData("Policies:rule:Actions:0", "connection.*.open", "connection.*.open")]
    [InlineData("Policies:rule:Resources:0", "", "Resources")]
    [InlineData("Policies:other:Effect", "Allow", "'other' has no Actions")]
    public async Task A_broken_policy_stops_the_start_and_is_named(string key, string? value, string because)
    {
        var settings = Policy("rule", "Allow", "*", "*", "user").ToDictionary();
        settings[key] = value;

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
        Assert.Contains(key.Split(':')[1], exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Policy(
        string id, string effect, string action, string resource, string group) =>
        [
            new($"Policies:{id}:Effect", effect),
            new($"Policies:{id}:Actions:0", action),
            new($"Policies:{id}:Resources:0", resource),
            new($"Policies:{id}:Groups:0", group),
        ];

    private static IEnumerable<KeyValuePair<string, string?>> Conditional(string id, string effect, string name, string value) =>
        [
            .. Policy(id, effect, "*", "*", "user"),
            new($"Policies:{id}:Conditions:0:Field", "meta.scheme"),
            new($"Policies:{id}:Conditions:0:Operator", name),
            new($"Policies:{id}:Conditions:0:Value", value),
        ];

    private static void Change(IHost host, string key, string value)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    private static Task<IHost> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null) =>
        StartAsync(configuration => configuration.AddInMemoryCollection(settings ?? []));

    private static async Task<IHost> StartAsync(Action<IConfigurationBuilder> configure, string environment = "Production")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        configure(builder.Configuration);
        builder.Services.AddPolicies(builder.Configuration).AddPolicies(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
