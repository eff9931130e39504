using System.Collections.Immutable;
using CsCheck;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Policies;

namespace OrleansTicker.Tests.Fuzzing;

/// <summary>What an operator may write into policies, and what they may be asked.</summary>
public sealed class PolicyFuzzing
{
    private static readonly string[] Fields =
        ["actor.id", "actor.meta.role", "actor.meta.", "action", "resource", "meta.address", "meta.origin", "meta.time", "meta.hour", "meta.x", "", "*"];

    private static readonly string[] Operators = [.. Enum.GetNames<ConditionOperator>(), "like", "", "0", "-1"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char["ab*.:+-0123456789\0\ud800é"].Array[0, 20].Select(characters => new string(characters)),
        Fuzz.OneOf("", "*", "user:demo", "symbol:BTC-USD", "7.5", "-0", "1e3", "79228162514264337593543950335", "٣"));

    private static readonly Gen<string> Expression = Gen.Char["ab()[]{}*+?|^$.\\,-0129wdsbBzZ:=!<>#i"].Array[0, 14].Select(characters => new string(characters));

    [Fact]
    public Task A_pattern_matches_itself_and_what_it_begins() => Fuzz.RunAsync("policy patterns", 200_000, Gen.Select(Text, Text), pair =>
    {
        var (text, value) = pair;
        if (!Pattern.TryParse(text, out var pattern))
        {
            Assert.True(text.Length == 0 || text[..^1].Contains('*', StringComparison.Ordinal));
            return;
        }

        var expected = text[^1] == '*' ? value.StartsWith(text[..^1], StringComparison.Ordinal) : value == text;
        Assert.Equal(expected, pattern.Matches(value));
    });

    [Fact]
    public Task A_condition_is_refused_with_a_reason_or_has_an_answer_to_anything() => Fuzz.RunAsync(
        "policy conditions",
        100_000,
        Gen.Select(Fuzz.OneOf(Fields), Fuzz.OneOf(Operators), Text.Array[0, 3], Gen.Bool, Gen.Select(Text, Text, Text)),
        input =>
        {
            var (field, name, values, isList, (id, role, resource)) = input;
            Ask(new PolicyCondition { Field = field, Operator = name, Values = values.Length == 0 ? null : values, IsList = isList }, id, role, resource);
        });

    [Fact]
    public Task An_expression_is_refused_with_a_reason_or_has_an_answer_to_anything() => Fuzz.RunAsync(
        "policy expressions",
        20_000,
        Gen.Select(Expression, Gen.Char["ab09 .-"].Array[0, 2000].Select(characters => new string(characters))),
        input => Ask(new PolicyCondition { Field = "resource", Operator = "matches", Values = [input.Item1] }, "user:demo", "user", input.Item2));

    private static void Ask(PolicyCondition configured, string id, string role, string resource)
    {
        if (!Condition.TryCreate(configured, out var condition, out var error))
        {
            Assert.NotEmpty(error);
            return;
        }

        var actor = new Actor(id, ImmutableDictionary<string, string>.Empty.Add("role", role));
        var question = new PolicyQuestion(actor, "symbol.subscribe", resource, RequestMetadata.None, TimeProvider.System);

        // A machine that stands still for as long as an expression may take costs an answer, but not the next one too.
        var holds = condition.HoldsFor(question) ?? condition.HoldsFor(question);

        // Of what is there and is no number compared, somebody can always tell.
        Assert.True(holds is not null || configured.Field!.StartsWith("meta.", StringComparison.Ordinal) || configured.Operator!.ToUpperInvariant() is "LT" or "GT" or "LTE" or "GTE");
    }
}
