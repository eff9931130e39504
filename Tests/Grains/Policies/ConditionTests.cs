using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Policies;

public sealed class ConditionTests
{
    private static readonly Actor Demo = new(
        "user:demo", ImmutableDictionary<string, string>.Empty.Add("role", "trader").Add("level", "7.50").Add("empty", ""));

    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static readonly RequestMetadata Metadata = new("192.0.2.7", "https://friend.example", "curl/8.5", "https");

    [Theory]
    [InlineData("actor.id", "eq", "user:demo", true)]
    [InlineData("actor.id", "eq", "user:DEMO", false)]
    [InlineData("actor.id", "EQ", "user:demo", true)]
    [InlineData("actor.id", "ne", "user:demo", false)]
    [InlineData("actor.id", "ne", "user:eve", true)]
    [InlineData("actor.meta.empty", "eq", "", true)]
    [InlineData("actor.meta.level", "lt", "7.5", false)]
    [InlineData("actor.meta.level", "lt", "7.51", true)]
    [InlineData("actor.meta.level", "gt", "7.5", false)]
    [InlineData("actor.meta.level", "gt", "-8", true)]
    [InlineData("actor.meta.level", "lte", "7.5", true)]
    [InlineData("actor.meta.level", "lte", "7.49", false)]
    [InlineData("actor.meta.level", "gte", "7.5", true)]
    [InlineData("actor.meta.level", "gte", "7.51", false)]
    [InlineData("actor.meta.role", "in", "admin|trader", true)]
    [InlineData("actor.meta.role", "in", "admin|trade", false)]
    [InlineData("actor.meta.role", "nin", "admin|trader", false)]
    [InlineData("actor.meta.role", "nin", "admin|guest", true)]
    [InlineData("actor.meta.role", "exists", null, true)]
    [InlineData("actor.meta.empty", "exists", null, true)]
    [InlineData("actor.meta.none", "exists", null, false)]
    [InlineData("actor.meta.role", "nexists", null, false)]
    [InlineData("actor.meta.none", "nexists", null, true)]
    [InlineData("meta.user_agent", "contains", "curl", true)]
    [InlineData("meta.user_agent", "contains", "Curl", false)]
    [InlineData("meta.user_agent", "ncontains", "curl", false)]
    [InlineData("meta.user_agent", "ncontains", "wget", true)]
    [InlineData("resource", "matches", "^symbol:(BTC|ETH)-", true)]
    [InlineData("resource", "matches", "USD", true)]
    [InlineData("resource", "matches", "^USD", false)]
    [InlineData("resource", "nmatches", "^symbol:(BTC|ETH)-", false)]
    [InlineData("resource", "nmatches", "EUR$", true)]
    [InlineData("action", "eq", "symbol.subscribe", true)]
    [InlineData("meta.address", "eq", "192.0.2.7", true)]
    [InlineData("meta.origin", "eq", "https://friend.example", true)]
    [InlineData("meta.scheme", "eq", "https", true)]
    [InlineData("meta.hour", "lt", "4", true)]
    [InlineData("meta.hour", "eq", "3", true)]
    [InlineData("meta.time", "gte", "1767323045", true)]
    [InlineData("meta.time", "lt", "1767323045", false)]
    public void A_condition_compares_a_field(string field, string name, string? value, bool holds) =>
        Assert.Equal(holds, Holds(field, name, value, Metadata));

    [Theory]
    [InlineData("eq", "x")]
    [InlineData("ne", "x")]
    [InlineData("lt", "1")]
    [InlineData("gt", "1")]
    [InlineData("lte", "1")]
    [InlineData("gte", "1")]
    [InlineData("in", "x|y")]
    [InlineData("nin", "x|y")]
    [InlineData("contains", "x")]
    [InlineData("ncontains", "x")]
    [InlineData("matches", "x")]
    [InlineData("nmatches", "x")]
    public void Of_a_field_that_is_missing_nobody_can_tell(string name, string value)
    {
        Assert.Null(Holds("actor.meta.none", name, value, Metadata));
        Assert.Null(Holds("meta.address", name, value, RequestMetadata.None));
        Assert.Null(Holds("meta.origin", name, value, RequestMetadata.None));
        Assert.Null(Holds("meta.user_agent", name, value, RequestMetadata.None));
        Assert.Null(Holds("meta.scheme", name, value, RequestMetadata.None));
    }

    [Theory]
    [InlineData("lt")]
    [InlineData("gt")]
    [InlineData("lte")]
    [InlineData("gte")]
    public void Of_a_field_that_is_no_number_nobody_can_tell_where_it_stands(string name)
    {
        Assert.Null(Holds("actor.id", name, "1", Metadata));
        Assert.Null(Holds("actor.meta.empty", name, "1", Metadata));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(.*a){20}$")]
    public void An_expression_takes_no_longer_for_a_text_that_was_made_to_hang_it(string expression)
    {
        var evil = Demo with { Id = $"{new string('a', 50_000)}!" };
        var condition = Create("actor.id", "matches", expression);

        // By an engine that goes back these take longer than anybody lives, and the time limit would say "nobody can tell".
        Assert.False(condition.HoldsFor(new PolicyQuestion(evil, "", "", Metadata, Time)));
    }

    [Theory]
    [InlineData("actor.name", "eq", "x", "has the field 'actor.name'")]
    [InlineData("actor.meta.", "eq", "x", "has the field 'actor.meta.'")]
    [InlineData("meta.adress", "eq", "x", "has the field 'meta.adress'")]
    [InlineData(null, "eq", "x", "has the field ''")]
    [InlineData("Action", "eq", "x", "has the field 'Action'")]
    [InlineData("action", "equals", "x", "has the operator 'equals'; it has to be one of eq, ne, lt")]
    [InlineData("action", "0", "x", "has the operator '0'")]
    [InlineData("action", "eq,ne", "x", "has the operator 'eq,ne'")]
    [InlineData("action", null, "x", "has the operator ''")]
    [InlineData("action", "eq", null, "needs one text as its Value")]
    [InlineData("action", "eq", "x|y", "needs one text as its Value")]
    [InlineData("action", "matches", "x|y", "needs one text as its Value")]
    [InlineData("action", "in", "x", "needs a list as its Value")]
    [InlineData("action", "nin", null, "needs a list as its Value")]
    [InlineData("action", "exists", "true", "takes no Value")]
    [InlineData("action", "nexists", "x|y", "takes no Value")]
    [InlineData("action", "contains", "", "needs a Value that is not empty")]
    [InlineData("meta.hour", "lt", "noon", "has the Value 'noon', where it needs a number")]
    [InlineData("meta.hour", "gte", "1e3", "has the Value '1e3', where it needs a number")]
    [InlineData("action", "matches", "(", "has the Value '(', which is no expression")]
    [InlineData("action", "nmatches", "(?=x)", "has the Value '(?=x)', which is no expression that can be used here")]
    [InlineData("action", "matches", @"(a)\1", "which is no expression that can be used here")]
    [InlineData("action", "matches", "((a{1000}){1000}){1000}", "which is no expression that can be used here")]
    public void A_condition_that_cannot_be_asked_is_refused_with_the_reason(string? field, string? name, string? value, string because)
    {
        Assert.False(Condition.TryCreate(Configured(field, name, value), out _, out var error));
        Assert.Contains(because, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_makes_nothing_for_the_garbage_collector()
    {
        Condition[] conditions =
        [
            Create("actor.id", "eq", "user:demo"), Create("actor.meta.role", "in", "admin|trader"), Create("resource", "contains", "BTC"),
            Create("meta.hour", "lt", "4"), Create("resource", "matches", "^symbol:(BTC|ETH)-"),
        ];
        Allocations.AtMost(1000, () => Ask(1000));

        void Ask(int times)
        {
            for (var time = 0; time < times; time++)
            {
                foreach (var condition in conditions)
                {
                    Assert.True(condition.HoldsFor(new PolicyQuestion(Demo, "symbol.subscribe", "symbol:BTC-USD", Metadata, Time)) is true);
                }
            }
        }
    }

    private static bool? Holds(string field, string name, string? value, RequestMetadata metadata) =>
        Create(field, name, value).HoldsFor(new PolicyQuestion(Demo, "symbol.subscribe", "symbol:BTC-USD", metadata, Time));

    private static Condition Create(string field, string name, string? value)
    {
        Assert.True(Condition.TryCreate(Configured(field, name, value), out var condition, out var error), error);
        return condition;
    }

    // In these tables a bar makes a list.
    private static PolicyCondition Configured(string? field, string? name, string? value) => new()
    {
        Field = field,
        Operator = name,
        Values = value is not null && value.Contains('|', StringComparison.Ordinal) && !value.Contains('(', StringComparison.Ordinal)
            ? value.Split('|')
            : value is null ? null : [value],
        IsList = value is not null && value.Contains('|', StringComparison.Ordinal) && !value.Contains('(', StringComparison.Ordinal),
    };
}
