namespace OrleansTicker.LoadTest.Attack;

/// <summary>One way to harm a gateway.</summary>
internal interface IAttack
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What is tried, in words.</summary>
    string Title { get; }

    /// <summary>How often it is tried in a whole attack.</summary>
    int Count { get; }

    /// <summary>Attacks, spread over the attackers' time. What the gateway answers goes to their answers.</summary>
    Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken);
}
